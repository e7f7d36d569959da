/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* qr.c -- QR codes as modules and as a path. */

#include <qrencode.h>
#include <string.h>

#include "gov_factor.h"
#include "gov_text.h"

#define QUIET 4

/* Dark modules that lie side by side are one box. */
static const char *
make_path(const unsigned char *bits, int size, apr_pool_t *pool)
{
    gov_buf_t *path = gov_buf_create(8192, pool);
    int x, y, from;

    for (y = 0; y < size; y++)
        for (x = 0; x < size; x++) {
            if (!bits[y * size + x])
                continue;
            from = x;
            while (x < size && bits[y * size + x])
                x++;
            gov_buf_printf(path, "M%d %dh%dv1h-%dz", from, y, x - from,
                           x - from);
        }
    return path->data;
}

gov_err_t *
gov_qr_make(gov_qr_t *qr, const char *text, apr_pool_t *pool)
{
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    unsigned char *bits;
    int x, y, size;

    if (!code)
        return gov_err(GOV_E_INVALID, NULL, pool,
                       "no QR code can be made of %" APR_SIZE_T_FMT " bytes",
                       strlen(text));
    size = code->width + 2 * QUIET;
    bits = apr_pcalloc(pool, (apr_size_t)size * (apr_size_t)size);
    for (y = 0; y < code->width; y++)
        for (x = 0; x < code->width; x++)
            bits[(y + QUIET) * size + x + QUIET] =
                code->data[y * code->width + x] & 1;
    QRcode_free(code);
    qr->size = size;
    qr->bits = bits;
    qr->path = make_path(bits, size, pool);
    return NULL;
}
