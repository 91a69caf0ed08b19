/* The legend, drawn by us as samples and words: gnuplot's own would have to be guessed at to keep clear of
 * it. */
#include "plot.h"

double roof_legend_row_height(const roof_view *view)
{
    return view->cells ? 1 : 17;
}

void roof_legend_measure(roof_view *view, double height)
{
    size_t labelled = 0, most = (size_t)(height / roof_legend_row_height(view));
    for (size_t s = 0; s < view->figure->series_count; s++)
        if (view->figure->series[s].label) labelled++;
    if (most < 2) most = 2;
    view->legend_rows = labelled < most ? labelled : most;
    view->legend_hidden = labelled > most ? labelled - most + 1 : 0;
}

double roof_legend_width(const roof_view *view)
{
    double widest = 0, most = 0.4 * view->width;
    for (size_t s = 0; s < view->figure->series_count; s++) {
        if (!view->figure->series[s].label) continue;
        roof_buffer text = ROOF_BUFFER_EMPTY;
        roof_plot_clean(&text, view->figure->series[s].label, ROOF_SCRIPT_TEXT_LIMIT);
        double width = roof_plot_text_width(view->cells, ROOF_SIZE_TICK, roof_buffer_text(&text));
        if (width > widest) widest = width;
        roof_buffer_free(&text);
    }
    double sample = ROOF_LEGEND_SAMPLE(view->cells) + (view->cells ? 1 : 8);
    return sample + (widest > most ? most : widest);
}

static roof_box corner(const roof_view *view, roof_legend where)
{
    double gap = view->cells ? 1 : 12;
    double width = roof_legend_width(view), height = (double)view->legend_rows * roof_legend_row_height(view);
    bool right = where == ROOF_LEGEND_BOTTOM_RIGHT || where == ROOF_LEGEND_TOP_RIGHT;
    bool top = where == ROOF_LEGEND_TOP_LEFT || where == ROOF_LEGEND_TOP_RIGHT;
    roof_box box;
    box.x0 = right ? view->frame.x1 - gap - width : view->frame.x0 + gap;
    box.y0 = top ? view->frame.y1 - gap - height : view->frame.y0 + gap;
    box.x1 = box.x0 + width;
    box.y1 = box.y0 + height;
    return box;
}

bool roof_legend_place_inside(roof_view *view)
{
    if (view->figure->legend != ROOF_LEGEND_AUTO) {
        view->legend = view->figure->legend;
        view->legend_box = corner(view, view->legend);
        return true;
    }
    roof_grid grid;
    if (!roof_grid_make(&grid, view->arena, view->cells, view->width, view->height)) return false;
    roof_grid_take_series(&grid, view);
    roof_grid_take_bands(&grid, view);
    static const roof_legend order[] = {ROOF_LEGEND_BOTTOM_RIGHT, ROOF_LEGEND_TOP_LEFT, ROOF_LEGEND_TOP_RIGHT,
                                        ROOF_LEGEND_BOTTOM_LEFT};
    double margin = view->cells ? 0 : 8;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        roof_box box = corner(view, order[i]);
        if (box.x0 < view->frame.x0 || box.x1 > view->frame.x1 || box.y0 < view->frame.y0 ||
            box.y1 > view->frame.y1)
            continue;
        roof_slab slab = {(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2, box.x1 - box.x0 + 2 * margin,
                          box.y1 - box.y0 + 2 * margin, 0};
        if (roof_grid_cost(&grid, slab) != 0) continue;
        view->legend = order[i];
        view->legend_box = box;
        return true;
    }
    return false;
}
