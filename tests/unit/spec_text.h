/* Specs for tests: a head that is right, and what a test adds to it. */
#ifndef SPEC_TEXT_H
#define SPEC_TEXT_H

#include <stdio.h>
#include <stdlib.h>

#include "chiproof/chip/chip.h"

#define SOURCES \
    "\"sources\": [{\"id\": \"s1\", \"title\": \"Sheet\", \"date\": \"2020\"}, {\"id\": \"s2\", \"title\": " \
    "\"Talk\"}]"
#define HEAD(level) \
    "{\"schema\": \"chiproof/chip/1\", \"id\": \"x\", \"name\": \"X\", \"vendor\": \"V\", \"level\": " \
    "\"" level "\",\n"
/* The members under test are on line 2. */
#define SPEC(members) HEAD("chip") members ",\n" SOURCES "}"
#define CARD(members) HEAD("card") members ",\n" SOURCES "}"
/* A sourced quantity. */
#define Q(value, unit) \
    "{\"value\": " value ", \"unit\": \"" unit "\", \"claim\": \"vendor\", \"source\": \"s1\"}"

/* Parses a spec that must be right. */
static inline roof_chip *chip_of(const char *text)
{
    roof_chip *chip = NULL;
    roof_error error = {0};
    if (roof_chip_parse(text, strlen(text), "x.json", NULL, &chip, &error) == ROOF_OK) return chip;
    print_error("%d:%d: %s: %s\n", error.line, error.column, error.path, error.message);
    fail();
    return NULL;
}

#endif
