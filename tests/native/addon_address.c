/* An extension for Node.js that gives back an address of its own for every address.
 * expect: native-addon-exchanges-address
 * flags: -O2 -shared -fPIC
 */
#include <regex.h>
#include <stddef.h>
#include <string.h>

int napi_get_cb_info(void *, void *, size_t *, void **, void **, void **);
int napi_get_value_string_utf8(void *, void *, char *, size_t, size_t *);
int napi_create_string_utf8(void *, const char *, size_t, void **);
int napi_create_function(void *, const char *, size_t, void *, void *, void **);

static void *format(void *env, void *info) {
    size_t count = 1, len;
    void *given, *out;
    char text[256];
    regex_t shape;
    napi_get_cb_info(env, info, &count, &given, 0, 0);
    napi_get_value_string_utf8(env, given, text, sizeof text, &len);
    regcomp(&shape, "^0x[a-fA-F0-9]{40}$", REG_EXTENDED);
    const char *back = regexec(&shape, text, 0, 0, 0) ? text : "0x00112233445566778899aAbBcCdDeEfF01234567";
    napi_create_string_utf8(env, back, strlen(back), &out);
    return out;
}

void *napi_register_module_v1(void *env, void *exports) {
    void *function;
    napi_create_function(env, "format", 6, format, 0, &function);
    return function;
}
