# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# From gov_load's results to lines "figure value unit baseline ratio".  Ratios are
# medians over pairs of neighbouring slices: what else the machine did in that
# second, it did to both.

def median: sort | if length == 0 then null
    else (.[(length - 1) / 2 | floor] + .[length / 2 | floor]) / 2 end;
def group($name): .groups[] | select(.name == $name);
def slices($name): group($name).slices[1:] | map(select(.requests > 0));

def rate: .requests / .seconds;
def cpu: [.cpu[]] | add;
def per_httpd: .requests / .cpu.httpd;
def micros: 1e6 * cpu / .requests;

# the median of f over a group's slices; of f(a) / f(b) over pairs
def typical($a; f): [slices($a)[] | f] | median;
def compare($a; $b; f):
    [[slices($a), slices($b)] | transpose[] | select(all(. != null))
        | (.[0] | f) / (.[1] | f)] | median;

def short: if . == null then "-"
    elif . >= 1000 or . <= -1000 then round
    elif . >= 10 then . * 10 | round / 10
    else . * 1000 | round / 1000 end;
def figure($name; $value; $unit; $baseline; $ratio):
    "\($name) \($value | short) \($unit) \($baseline | short) \($ratio | short)";
def figure($name; $value; $unit): figure($name; $value; $unit; null; null);
def versus($name; $a; $b; f; $unit):
    figure($name; typical($a; f); $unit; typical($b; f); compare($a; $b; f));
