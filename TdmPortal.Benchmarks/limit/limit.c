/* The physical limit: the two files of customers-orders (same columns, same forms, rows of about the same length), written
   by nothing but a xorshift generator, word lists and memory copies. No schema, no unique values beyond the row number, no
   agreement between columns, no random access: what a program that knows the tables can do at best.
   Usage: limit FOLDER|/dev/null CUSTOMERS ORDERS [SEED]
   Build: gcc -O3 -march=native -o limit limit.c */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BUFFER = 1 << 18, ROW = 1024 };
typedef struct { char text[31]; uint8_t size; } word;
typedef struct { word *words; uint32_t count; } list;

static uint64_t state;
static char buffer[BUFFER + ROW], pairs[200], hex[512];
static int output;

static const char *first_names = "James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Sarah Charles Karen Christopher Lisa Daniel Nancy Matthew Betty Anthony Sandra Mark Margaret Donald Ashley Steven Kimberly Andrew Emily Paul Donna Joshua Michelle Kenneth Carol Kevin Amanda Brian Melissa George Deborah Timothy Stephanie Ronald Rebecca Jason Sharon Edward Laura Jeffrey Cynthia Ryan Dorothy Jacob Amy Gary Kathleen";
static const char *last_names = "Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts Gomez Phillips Evans Turner Diaz Parker Cruz Edwards Collins Reyes Stewart Morris Morales Murphy";
static const char *cities = "Springfield Portland Riverside Columbus Charlotte Indianapolis Seattle Denver Washington Boston Nashville Detroit Memphis Louisville Baltimore Milwaukee Albuquerque Tucson Fresno Sacramento Atlanta Omaha Raleigh Oakland Minneapolis Tulsa Wichita Arlington Cleveland Tampa Honolulu Anaheim";
static const char *suffixes = "Street Avenue Road Lane Drive Court Way Place Boulevard Terrace";
static const char *areas = "201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 228 229 231 234 239 240 248 251 252 253 254 256 260";
static const char *latin = "alias consequatur aut perferendis sit voluptatem accusantium doloremque aperiam eaque ipsa quae ab illo inventore veritatis et quasi architecto beatae vitae dicta sunt explicabo aspernatur odit fugit sed quia consequuntur magni dolores eos qui ratione sequi nesciunt neque dolorem ipsum dolor amet consectetur adipisci velit non numquam eius modi tempora incidunt ut labore dolore magnam aliquam quaerat enim ad minima veniam quis nostrum exercitationem ullam corporis nemo ipsam";
static word tiers[] = { { "bronze", 6 }, { "silver", 6 }, { "gold", 4 } };
static word states[] = { { "delivered", 9 }, { "shipped", 7 }, { "paid", 4 }, { "placed", 6 }, { "cancelled", 9 } };
static const char currencies[] = "USD,EUR,GBP,";
static uint8_t tier_of[100], state_of[100];

static inline uint64_t next(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static inline uint32_t below(uint32_t bits, uint32_t n) { return (uint32_t)(((uint64_t)bits * n) >> 32); }

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static list split(const char *text, int lower)
{
    list made = { calloc(128, sizeof(word)), 0 };
    while (*text) {
        word *one = &made.words[made.count++];
        while (*text && *text != ' ') {
            one->text[one->size++] = lower && *text >= 'A' && *text <= 'Z' ? *text + 32 : *text;
            text++;
        }
        text += *text == ' ';
    }
    return made;
}

static inline char *put(char *to, const word *from)
{
    memcpy(to, from->text, 16);
    return to + from->size;
}

static inline char *two(char *to, uint32_t value)
{
    memcpy(to, pairs + 2 * value, 2);
    return to + 2;
}

static inline char *number(char *to, uint32_t value)
{
    char digits[12];
    int at = 12;
    while (value >= 100) {
        at -= 2;
        memcpy(digits + at, pairs + 2 * (value % 100), 2);
        value /= 100;
    }
    if (value >= 10) {
        at -= 2;
        memcpy(digits + at, pairs + 2 * value, 2);
    } else {
        digits[--at] = '0' + value;
    }
    memcpy(to, digits + at, 12 - at);
    return to + 12 - at;
}

static inline char *money(char *to, uint32_t cents)
{
    to = number(to, cents / 100);
    *to++ = '.';
    return two(to, cents % 100);
}

/* Days since 1970 to a civil date, after H. Hinnant. */
static inline char *date(char *to, uint32_t days)
{
    uint32_t z = days + 719468, era = z / 146097, doe = z - era * 146097;
    uint32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365, doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    uint32_t mp = (5 * doy + 2) / 153, day = doy - (153 * mp + 2) / 5 + 1, month = mp < 10 ? mp + 3 : mp - 9, year = yoe + era * 400 + (month <= 2);
    to = two(two(to, year / 100), year % 100);
    *to++ = '-';
    to = two(to, month);
    *to++ = '-';
    return two(to, day);
}

static inline char *instant(char *to, uint32_t bits)
{
    /* 2024-01-01 and the 731 days of two years. */
    uint32_t seconds = below(bits, 731 * 86400), day = seconds / 86400, left = seconds % 86400;
    to = date(to, 19723 + day);
    *to++ = 'T';
    to = two(to, left / 3600);
    *to++ = ':';
    to = two(to, left / 60 % 60);
    *to++ = ':';
    to = two(to, left % 60);
    *to++ = 'Z';
    return to;
}

static inline char *uuid(char *to, uint64_t high, uint64_t low)
{
    high = (high & ~0xF000ull) | 0x4000;
    low = (low & ~(3ull << 62)) | (2ull << 62);
    for (int i = 0; i < 16; i++) {
        uint64_t half = i < 8 ? high : low;
        memcpy(to, hex + 2 * ((half >> (56 - 8 * (i & 7))) & 255), 2);
        to += 2;
        if (i == 3 || i == 5 || i == 7 || i == 9)
            *to++ = '-';
    }
    return to;
}

static void flush(const char *from, const char *to)
{
    while (from < to) {
        ssize_t written = write(output, from, to - from);
        if (written < 0)
            fail("write");
        from += written;
    }
}

static void open_file(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, strcmp(folder, "/dev/null") ? "%s/%s" : "%s", folder, name);
    output = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (output < 0)
        fail(path);
}

static char *begin(const char *header)
{
    size_t size = strlen(header);
    memcpy(buffer, header, size);
    return buffer + size;
}

static void customers(uint32_t count)
{
    list given = split(first_names, 0), slug = split(first_names, 1), family = split(last_names, 0), tail = split(last_names, 1);
    list city = split(cities, 0), suffix = split(suffixes, 0), area = split(areas, 0);
    char *to = begin("id,uuid,first_name,last_name,email,phone,street,city,country_code,birth_date,credit_limit,tier,created_at\n");
    for (uint32_t row = 1; row <= count; row++) {
        uint64_t a = next(), b = next(), c = next(), d = next();
        uint32_t f = below((uint32_t)a, given.count), l = below((uint32_t)(a >> 32), family.count);
        to = number(to, row);
        *to++ = ',';
        to = uuid(to, a ^ (b << 1), b);
        *to++ = ',';
        to = put(to, &given.words[f]);
        *to++ = ',';
        to = put(to, &family.words[l]);
        *to++ = ',';
        to = put(to, &slug.words[f]);
        *to++ = '.';
        to = put(to, &tail.words[l]);
        to = number(to, row);
        memcpy(to, "@example.com,(", 14);
        to = put(to + 14, &area.words[below((uint32_t)b, area.count)]);
        memcpy(to, ") 555-01", 8);
        to = two(to + 8, (uint32_t)(b >> 32) % 100);
        *to++ = ',';
        to = number(to, 1 + below((uint32_t)c, 250));
        *to++ = ' ';
        to = put(to, &family.words[(c >> 32) & 63]);
        *to++ = ' ';
        to = put(to, &suffix.words[below((uint32_t)(c >> 16), suffix.count)]);
        *to++ = ',';
        to = put(to, &city.words[below((uint32_t)d, city.count)]);
        memcpy(to, ",US,", 4);
        to = date(to + 4, below((uint32_t)(d >> 32), 13879));
        *to++ = ',';
        /* A sum of four is near enough to the normal distribution for a limit. */
        to = money(to, (uint32_t)(((a & 0xFFFF) + (b & 0xFFFF) + (c & 0xFFFF) + (d & 0xFFFF)) * 1000000 >> 18));
        *to++ = ',';
        to = put(to, &tiers[tier_of[(a >> 48) % 100]]);
        *to++ = ',';
        to = instant(to, (uint32_t)(c >> 20));
        *to++ = '\n';
        if (to >= buffer + BUFFER) {
            flush(buffer, to);
            to = buffer;
        }
    }
    flush(buffer, to);
    close(output);
}

static void orders(uint32_t count, uint32_t parents)
{
    list words = split(latin, 0), capitals = split(latin, 0);
    for (uint32_t i = 0; i < capitals.count; i++)
        capitals.words[i].text[0] -= 32;
    for (uint32_t i = 0; i < words.count; i++) {
        words.words[i].text[words.words[i].size++] = ' ';
        capitals.words[i].text[capitals.words[i].size++] = ' ';
    }

    char *to = begin("id,customer_id,status,total,currency,placed_at,note\n");
    for (uint32_t row = 1; row <= count; row++) {
        uint64_t a = next(), b = next();
        to = number(to, row);
        *to++ = ',';
        to = number(to, 1 + below((uint32_t)a, parents));
        *to++ = ',';
        to = put(to, &states[state_of[below((uint32_t)(a >> 32), 100)]]);
        *to++ = ',';
        to = money(to, 500 + below((uint32_t)b, 199501));
        *to++ = ',';
        memcpy(to, currencies + 4 * below((uint32_t)(a >> 8), 3), 4);
        to = instant(to + 4, (uint32_t)(b >> 32));
        *to++ = ',';
        uint64_t bits = next();
        if (bits % 10 >= 3) {
            uint32_t more = 5 + below((uint32_t)(bits >> 32), 7);
            to = put(to, &capitals.words[below((uint32_t)bits, words.count)]);
            for (uint32_t i = 0; i < more; i++) {
                bits = i & 1 ? bits >> 32 : next();
                to = put(to, &words.words[below((uint32_t)bits, words.count)]);
            }
            to[-1] = '.';
        }
        *to++ = '\n';
        if (to >= buffer + BUFFER) {
            flush(buffer, to);
            to = buffer;
        }
    }
    flush(buffer, to);
    close(output);
}

int main(int count, char **arguments)
{
    if (count < 4) {
        fprintf(stderr, "usage: limit FOLDER|/dev/null CUSTOMERS ORDERS [SEED]\n");
        return 2;
    }
    state = 0x9E3779B97F4A7C15ull ^ (count > 4 ? strtoull(arguments[4], 0, 10) : 1);
    for (int i = 0; i < 100; i++) {
        pairs[2 * i] = '0' + i / 10;
        pairs[2 * i + 1] = '0' + i % 10;
        tier_of[i] = i < 70 ? 0 : i < 90 ? 1 : 2;
        state_of[i] = i < 60 ? 0 : i < 75 ? 1 : i < 87 ? 2 : i < 95 ? 3 : 4;
    }
    for (int i = 0; i < 256; i++) {
        hex[2 * i] = "0123456789abcdef"[i >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[i & 15];
    }
    uint32_t parents = strtoul(arguments[2], 0, 10);
    open_file(arguments[1], "customer.csv");
    customers(parents);
    open_file(arguments[1], "order.csv");
    orders(strtoul(arguments[3], 0, 10), parents);
    return 0;
}
