/* SPDX-FileCopyrightText: the GovPortal developers
 * SPDX-License-Identifier: Apache-2.0 */
/* Reading XML from outside. */

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include "gov_test.h"
#include "gov_xml.h"

static gov_err_t *
parse(const gov_xml_t **root, const char *text, gov_test_t *t)
{
    return gov_xml_parse(root, text, strlen(text), "a.xml", t->pool);
}

static const gov_xml_t *
root_of(const char *text, gov_test_t *t)
{
    const gov_xml_t *root = NULL;

    assert_ok(parse(&root, text, t));
    return root;
}

static void shows_elements_attributes_and_text(void **state)
{
    gov_test_t *t = *state;
    const gov_xml_t *root = root_of(
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        "<site xmlns='urn:gov:city' slug='edu' empty='' xml:lang='en'>\n"
        "  <!-- no element --><name>教育<b>局</b><![CDATA[ & ]]>&lt;&#x20;"
        "<!-- hidden --></name>\n"
        "  text <column/><name xmlns=''>two</name>\n"
        "</site>", t);
    const gov_xml_t *name = gov_xml_child(root, "name");

    assert_string_equal(gov_xml_name(root), "site");
    assert_string_equal(gov_xml_ns(root), "urn:gov:city");
    assert_int_equal(gov_xml_line(root), 2);
    assert_string_equal(gov_xml_attr(root, "slug", t->pool), "edu");
    assert_string_equal(gov_xml_attr(root, "empty", t->pool), "");
    assert_string_equal(gov_xml_attr(root, "xml:lang", t->pool), "en");
    assert_null(gov_xml_attr(root, "lang", t->pool));
    assert_string_equal(gov_xml_text(name, t->pool), "教育局 & < ");
    assert_int_equal(gov_xml_line(name), 3);
    assert_ptr_equal(gov_xml_child(root, NULL), name);
    assert_string_equal(gov_xml_name(gov_xml_next(name, NULL)), "column");
    name = gov_xml_next(name, "name");
    assert_string_equal(gov_xml_text(name, t->pool), "two");
    assert_string_equal(gov_xml_ns(name), "");
    assert_null(gov_xml_next(name, NULL));
    assert_null(gov_xml_child(name, NULL));
    assert_string_equal(gov_xml_text(gov_xml_child(root, "column"), t->pool),
                        "");
}

static void reads_the_encodings_in_use(void **state)
{
    gov_test_t *t = *state;

    assert_string_equal(gov_xml_text(root_of(
        "<?xml version='1.0' encoding='GB18030'?><a>\xD5\xFE\xB8\xAE</a>", t),
        t->pool), "政府");
    assert_string_equal(gov_xml_text(root_of("\xEF\xBB\xBF<a>政府</a>", t),
                                     t->pool), "政府");
}

static void makes_texts_valid(void **state)
{
    gov_test_t *t = *state;
    const gov_xml_t *root = root_of("<a b='x&#x7F;'>\x7F&#x85;y&#xFDD0;</a>", t);

    assert_string_equal(gov_xml_attr(root, "b", t->pool), "x");
    assert_string_equal(gov_xml_text(root, t->pool), "y\xEF\xBF\xBD");
}

static void keeps_errors_of_encodings_to_itself(void **state)
{
    gov_test_t *t = *state;
    const gov_xml_t *root = NULL;

    assert_err(GOV_E_INVALID, parse(&root, "<?xml version='1.0' "
                                    "encoding='GB18030'?><a>\xFF\xFF</a>", t));
    assert_err(GOV_E_INVALID, parse(&root, "<?xml version='1.0' "
                                    "encoding='klingon'?><a/>", t));
    assert_null(root);
}

static void names_the_line_of_the_first_fault(void **state)
{
    gov_test_t *t = *state;
    const gov_xml_t *root = NULL;
    const gov_err_t *err;

    err = assert_err(GOV_E_INVALID, parse(&root, "<a>\n<b>\n</a>", t));
    assert_string_equal(err->message, "a.xml:3: Opening and ending tag "
                                      "mismatch: b line 2 and a");
    assert_err(GOV_E_INVALID, parse(&root, "", t));
    assert_err(GOV_E_INVALID, parse(&root, "text", t));
    assert_err(GOV_E_INVALID, parse(&root, "<a/><b/>", t));
    assert_err(GOV_E_INVALID, parse(&root, "<a b='1' b='2'/>", t));
    assert_err(GOV_E_INVALID, parse(&root, "<a>&nbsp;</a>", t));
    assert_err(GOV_E_INVALID, parse(&root, "<a>\xFF</a>", t));
    assert_err(GOV_E_INVALID, parse(&root, "<a>\x01</a>", t));
    assert_err(GOV_E_INVALID, parse(&root, "<x:a/>", t));
    assert_null(root);
}

static void refuses_document_types_and_entities(void **state)
{
    gov_test_t *t = *state;
    const gov_xml_t *root = NULL;
    const gov_err_t *err;

    err = assert_err(GOV_E_INVALID, parse(&root, "\n<!DOCTYPE a><a/>", t));
    assert_string_equal(err->message, "a.xml:2: a document type declaration "
                                      "is not allowed");
    assert_err(GOV_E_INVALID, parse(&root,
        "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
        t));
    assert_err(GOV_E_INVALID, parse(&root,
        "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'><a/>", t));
    assert_err(GOV_E_INVALID, parse(&root,
        "<!DOCTYPE a [<!ENTITY % p '<!ENTITY b \"c\">'> %p;]><a>&b;</a>", t));
    assert_null(root);
}

static const char *
nested(int depth, gov_test_t *t)
{
    gov_buf_t *buf = gov_buf_create(1024, t->pool);
    int i;

    for (i = 0; i < depth; i++)
        gov_buf_str(buf, "<a>");
    for (i = 0; i < depth; i++)
        gov_buf_str(buf, "</a>");
    return buf->data;
}

static void limits_the_depth(void **state)
{
    gov_test_t *t = *state;
    const gov_xml_t *root = NULL;
    const gov_err_t *err;

    root_of(nested(64, t), t);
    err = assert_err(GOV_E_INVALID, parse(&root, nested(65, t), t));
    assert_contains(err->message, "too deeply");
    assert_err(GOV_E_INVALID, parse(&root, nested(10000, t), t));
    assert_null(root);
}

static void reads_files_up_to_a_size(void **state)
{
    gov_test_t *t = *state;
    const char *file = gov_test_write(t, "b.xml", "<a>12345</a>");
    const gov_xml_t *root = NULL;
    const gov_err_t *err;

    err = assert_err(GOV_E_INVALID, gov_xml_read(&root, file, 11, t->pool));
    assert_contains(err->message, "12 bytes");
    assert_ok(gov_xml_read(&root, file, 12, t->pool));
    assert_string_equal(gov_xml_text(root, t->pool), "12345");
    assert_err(GOV_E_NOT_FOUND, gov_xml_read(&root, "/no/such/file", 99,
                                             t->pool));
    file = gov_test_write(t, "c.xml", "<a>\n\n<b></a>");
    err = assert_err(GOV_E_INVALID, gov_xml_read(&root, file, 99, t->pool));
    assert_contains(err->message, "/c.xml:3: ");
}

static const char schema[] =
    "<element name='site' xmlns='http://relaxng.org/ns/structure/1.0'\n"
    "  datatypeLibrary='http://www.w3.org/2001/XMLSchema-datatypes'>\n"
    "  <attribute name='slug'><data type='NCName'/></attribute>\n"
    "  <oneOrMore><element name='name'><text/></element></oneOrMore>\n"
    "</element>";

static void validates_by_a_relax_ng_schema(void **state)
{
    gov_test_t *t = *state;
    const char *rng = gov_test_write(t, "site.rng", schema);
    const gov_err_t *err;

    assert_ok(gov_xml_validate(root_of("<site slug='a'><name/></site>", t),
                               rng, t->pool));
    err = assert_err(GOV_E_INVALID, gov_xml_validate(
        root_of("<site slug='a'>\n<name/>\n<nome/>\n</site>", t), rng,
        t->pool));
    assert_contains(err->message, "a.xml:3: ");
    assert_contains(err->message, "nome");
    assert_err(GOV_E_INVALID, gov_xml_validate(
        root_of("<site slug='a b'><name/></site>", t), rng, t->pool));
    assert_err(GOV_E_INVALID, gov_xml_validate(root_of("<x/>", t), rng,
                                               t->pool));
}

static void names_a_schema_that_is_broken(void **state)
{
    gov_test_t *t = *state;
    const gov_xml_t *root = root_of("<a/>", t);
    const gov_err_t *err;

    err = assert_err(GOV_E_INVALID, gov_xml_validate(root, gov_test_write(t,
        "x.rng", "<element xmlns='http://relaxng.org/ns/structure/1.0'/>"),
        t->pool));
    assert_contains(err->message, "/x.rng:1: ");
    assert_err(GOV_E_NOT_FOUND, gov_xml_validate(root, "/no/such.rng",
                                                 t->pool));
}

/* Other modules of the server share libxml2 with us. */
static void leaves_the_librarys_own_switches_alone(void **state)
{
    gov_test_t *t = *state;
    xmlStructuredErrorFunc structured = xmlStructuredError;
    xmlExternalEntityLoader loader = xmlGetExternalEntityLoader();
    xmlGenericErrorFunc generic = xmlGenericError;
    int substitute = xmlSubstituteEntitiesDefaultValue;
    const gov_xml_t *root;

    assert_err(GOV_E_INVALID, parse(&root, "<a>&b;</b>", t));
    assert_ok(gov_xml_validate(root_of("<site slug='a'><name/></site>", t),
                               gov_test_write(t, "site.rng", schema),
                               t->pool));
    assert_true(xmlStructuredError == structured);
    assert_true(xmlGenericError == generic);
    assert_true(xmlGetExternalEntityLoader() == loader);
    assert_int_equal(xmlSubstituteEntitiesDefaultValue, substitute);
    assert_null(xmlGetLastError());
}

static const struct CMUnitTest tests[] = {
    GOV_TEST(shows_elements_attributes_and_text),
    GOV_TEST(reads_the_encodings_in_use),
    GOV_TEST(makes_texts_valid),
    GOV_TEST(keeps_errors_of_encodings_to_itself),
    GOV_TEST(names_the_line_of_the_first_fault),
    GOV_TEST(refuses_document_types_and_entities),
    GOV_TEST(limits_the_depth),
    GOV_TEST(reads_files_up_to_a_size),
    GOV_TEST(validates_by_a_relax_ng_schema),
    GOV_TEST(names_a_schema_that_is_broken),
    GOV_TEST(leaves_the_librarys_own_switches_alone),
};
GOV_TEST_MAIN(tests)
