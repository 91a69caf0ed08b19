/* The shipped networks: every file of models/ loads without a fault, published counts come out to the digit,
 * and every name leads to one file. The folder is CHIPROOF_TEST_MODELS, or "models" of the working directory.
 */
#include "assert_close.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "chiproof/workload/workload.h"

enum { FILE_LIMIT = 4096, NAME_SIZE = 80 };

static const char *folder;
static char ids[FILE_LIMIT][NAME_SIZE];
static size_t id_count;

static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* The ids that the files' names give, in order. */
static int set_up(void **state)
{
    (void)state;
    folder = getenv("CHIPROOF_TEST_MODELS");
    if (!folder) folder = "models";
    DIR *stream = opendir(folder);
    if (!stream) return -1;
    for (struct dirent *entry = readdir(stream); entry; entry = readdir(stream)) {
        size_t length = strlen(entry->d_name);
        if (entry->d_name[0] == '.' || length < 6 || length - 5 >= NAME_SIZE) continue;
        if (strcmp(entry->d_name + length - 5, ".json") != 0) continue;
        /* A file of the folder that is no network. */
        if (strcmp(entry->d_name, "calibration.json") == 0) continue;
        if (id_count == FILE_LIMIT) break;
        memcpy(ids[id_count], entry->d_name, length - 5);
        ids[id_count++][length - 5] = '\0';
    }
    closedir(stream);
    qsort(ids, id_count, sizeof ids[0], by_name);
    return 0;
}

/* NULL, with the faults printed, when the file has any. */
static roof_workload *load(const char *id)
{
    char path[512];
    roof_report report = ROOF_REPORT_EMPTY;
    roof_workload *workload = NULL;
    roof_error error;
    snprintf(path, sizeof path, "%s/%s.json", folder, id);
    roof_code code = roof_workload_load(path, &report, &workload, &error);
    if (code != ROOF_OK && report.length == 0) print_error("%s: %s\n", path, error.message);
    for (size_t i = 0; i < report.length; i++)
        print_error("%s:%d: %s: %s\n", path, report.items[i].line, report.items[i].path,
                    report.items[i].message);
    bool clean = code == ROOF_OK && report.length == 0;
    roof_report_clear(&report);
    if (clean) return workload;
    roof_workload_free(workload);
    return NULL;
}

static void no_file_has_a_fault(void **state)
{
    (void)state;
    size_t faulty = 0;
    assert_true(id_count > 100);
    for (size_t i = 0; i < id_count; i++) {
        roof_workload *workload = load(ids[i]);
        if (!workload) faulty++;
        roof_workload_free(workload);
    }
    assert_int_equal(faulty, 0);
}

static void an_id_is_its_file_s_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < id_count; i++) {
        roof_workload *workload = load(ids[i]);
        assert_non_null(workload);
        assert_string_equal(roof_workload_id(workload), ids[i]);
        roof_workload_free(workload);
    }
}

static void every_pass_moves_what_it_computes_with(void **state)
{
    (void)state;
    for (size_t i = 0; i < id_count; i++) {
        roof_workload *workload = load(ids[i]);
        roof_network *network = NULL;
        roof_error error;
        assert_non_null(workload);
        roof_phase phase = roof_workload_is_llm(workload) ? ROOF_PHASE_DECODE : ROOF_PHASE_WHOLE;
        assert_int_equal(roof_workload_expand(workload, phase, 0, 0, &network, &error), ROOF_OK);
        assert_true(network->op_count > 0);
        assert_true(network->macs > 0);
        assert_true(network->input_count > 0);
        assert_true(network->output_count > 0);
        for (size_t k = 0; k < network->output_count; k++) assert_true(network->outputs[k].elements >= 1);
        roof_network_free(network);
        roof_workload_free(workload);
    }
}

/* Names, and the id that each belongs to. */
typedef struct name {
    char text[NAME_SIZE];
    const char *id;
} name;

static int ignoring_case(const void *a, const void *b)
{
    return strcasecmp(((const name *)a)->text, ((const name *)b)->text);
}

static void a_name_means_one_network(void **state)
{
    (void)state;
    size_t limit = 16 * id_count, count = 0, doubles = 0;
    name *names = calloc(limit, sizeof *names);
    assert_non_null(names);
    for (size_t i = 0; i < id_count; i++) {
        roof_workload *workload = load(ids[i]);
        assert_non_null(workload);
        size_t aliases = roof_workload_alias_count(workload);
        assert_true(count + 1 + aliases <= limit);
        names[count].id = ids[i];
        snprintf(names[count++].text, NAME_SIZE, "%.*s", NAME_SIZE - 1, ids[i]);
        for (size_t k = 0; k < aliases; k++) {
            names[count].id = ids[i];
            snprintf(names[count++].text, NAME_SIZE, "%s", roof_workload_alias(workload, k));
        }
        roof_workload_free(workload);
    }
    qsort(names, count, sizeof *names, ignoring_case);
    for (size_t i = 1; i < count; i++) {
        if (strcasecmp(names[i - 1].text, names[i].text) != 0) continue;
        print_error("\"%s\" is a name of %s and of %s\n", names[i].text, names[i - 1].id, names[i].id);
        doubles++;
    }
    free(names);
    assert_int_equal(doubles, 0);
}

/* torchvision's num_params, parameters that Ultralytics prints for the fused models, diffusers', MLPerf's;
 * MACs where they are published or counted by others to the digit, else 0. */
static void published_counts_come_out_to_the_digit(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        double params, macs;
    } published[] = {
        {"alexnet", 61100840, 714188480},
        {"convnext-tiny", 28589128, 0},
        {"densenet-121", 7978856, 0},
        {"dlrm-v2", 26151671809, 16030464},
        {"efficientnet-b0", 5288548, 0},
        {"efficientnet-b4", 19341616, 0},
        {"googlenet", 6624904, 0},
        {"inception-v4", 42679816, 0},
        {"mlperf-tiny-ad", 265864, 264192},
        {"mlperf-tiny-ic", 77706, 12501632},
        {"mlperf-tiny-kws", 22604, 2656768},
        {"mlperf-tiny-vww", 210850, 7489664},
        {"mobilenet-v1-1.0", 4231976, 568740352},
        {"mobilenet-v2-1.0", 3504872, 300774272},
        {"mobilenet-v3-large-1.0", 5483032, 0},
        {"mobilenet-v3-small-1.0", 2542856, 0},
        {"regnetx-3.2gf", 15296552, 0},
        {"regnety-1.6gf", 11202430, 0},
        {"resnet-18", 11689512, 1814073344},
        {"resnet-34", 21797672, 3663761408},
        {"resnet-50-v1", 25557032, 3857973248},
        {"resnet-50-v1.5", 25557032, 4089184256},
        {"resnet-101", 44549160, 7801405440},
        {"resnet-152", 60192808, 0},
        {"resnext-50-32x4d", 25028904, 4230479872},
        {"retinanet-resnext-50-800", 37128876, 201208394752},
        {"sd-1.5-unet", 859520964, 0},
        {"squeezenet-1.1", 1235496, 0},
        {"swin-t", 28288354, 0},
        {"vgg-16", 138357544, 15470264320},
        {"vit-b-16", 86567656, 17563828224},
        {"wide-resnet-50-2", 68883240, 0},
        {"yolov5s-v6-640", 7225885, 0},
        {"yolov8n-640", 3151904, 0},
        {"yolov8s-640", 11156544, 0},
        {"yolov8x-640", 68200608, 0},
        {"yolo11m-640", 20091712, 0},
    };
    for (size_t i = 0; i < sizeof published / sizeof published[0]; i++) {
        roof_workload *workload = load(published[i].id);
        if (!workload) print_error("%s\n", published[i].id);
        assert_non_null(workload);
        bool params = roof_workload_params(workload) == published[i].params;
        bool macs = published[i].macs <= 0 || roof_workload_macs(workload) == published[i].macs;
        if (!params || !macs)
            print_error(
                "%s: %.0f parameters and %.0f multiply-accumulates, but %.0f and %.0f are published\n",
                published[i].id, roof_workload_params(workload), roof_workload_macs(workload),
                published[i].params, published[i].macs);
        roof_workload_free(workload);
        assert_true(params && macs);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_file_has_a_fault),
        cmocka_unit_test(an_id_is_its_file_s_name),
        cmocka_unit_test(every_pass_moves_what_it_computes_with),
        cmocka_unit_test(a_name_means_one_network),
        cmocka_unit_test(published_counts_come_out_to_the_digit),
    };
    return cmocka_run_group_tests_name("models", tests, set_up, NULL);
}
