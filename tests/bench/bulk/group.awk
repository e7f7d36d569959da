# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# awk -v sites=100 -f group.awk: the description of a group with so many sites, as
# govctl import reads it: the portal s000 and departments s001...; five columns
# each, and one column of the portal that gathers the departments' news.

function column(slug, name) {
    printf "    <column slug=\"%s\" name=\"%s\" type=\"article\" " \
        "column-type=\"政务动态\" unit=\"%s\" interval=\"5\" nav=\"yes\"/>\n",
        slug, name, unit
}

function block(area, path, items) {
    printf "    <block area=\"%s\" kind=\"list\" column=\"%s\" items=\"%d\" " \
        "style=\"plain\"/>\n", area, path, items
}

BEGIN {
    print "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
    print "<group xmlns=\"urn:govportal:group:1\" name=\"规模测试\" " \
        "timezone=\"Asia/Shanghai\">"
    for (i = 0; i < sites; i++)
        printf "  <unit id=\"u%03d\" name=\"第%d单位\" short=\"单位%d\"/>\n",
            i, i, i
    for (i = 0; i < sites; i++) {
        unit = sprintf("u%03d", i)
        printf "  <site id=\"s%03d\" kind=\"%s\" unit=\"%s\" theme=\"%s\" " \
            "accent=\"#1f4e8c\">\n", i, i ? "department" : "portal", unit,
            i ? "department" : "portal"
        printf "    <host>s%03d.bulk.localhost</host>\n", i
        printf "    <language code=\"zh-CN\" title=\"第%d网站\" " \
            "legal-name=\"第%d单位\" description=\"规模测试网站\"/>\n", i, i
        printf "    <identity code=\"99%08d\" icp=\"测ICP备%08d号\" " \
            "sponsor=\"第%d单位\" operator=\"大数据中心\"/>\n", i, i, i
        column("news", "工作动态")
        column("notices", "通知公告")
        column("policy", "政策文件")
        column("reports", "统计数据")
        column("guides", "办事指南")
        if (!i) {
            printf "    <column slug=\"departments\" name=\"部门动态\" " \
                "type=\"article\" supply=\"rule\" column-type=\"政务动态\" " \
                "interval=\"3\" nav=\"yes\">\n      <rule " \
                "sites=\"kind:department\" columns=\"news\" " \
                "types=\"article\"/>\n    </column>\n"
            block("main", "departments", 8)
        }
        block("lead", "news", 8)
        block("main", "notices", 8)
        block("main", "policy", 8)
        block("main", "reports", 6)
        block("side", "guides", 6)
        print "  </site>"
    }
    print "</group>"
}
