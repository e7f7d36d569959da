# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
#
# How a plugin is built against an installed GovPortal.  GNU make.  A plugin's
# Makefile says what it is called, where GovPortal is, and includes this file.
#
#   make            build/NAME.so from *.c; C from sql/queries/*.sql first
#   make check      tests/test_*.c, types, page contracts and their examples
#   make install    into GovPortal's own folders (DESTDIR is honoured)
#   make uninstall, make clean
#
# CC, CFLAGS and LDFLAGS may be given as usual.

ifndef NAME
$(error say NAME = ... before including plugin.mk)
endif

home := $(abspath $(GOVPORTAL))
pc := $(firstword $(wildcard $(home)/lib/pkgconfig/govportal.pc \
    $(home)/lib*/pkgconfig/govportal.pc $(home)/lib/*/pkgconfig/govportal.pc))
ifeq ($(pc),)
$(error no govportal.pc below $(home)/lib; say make GOVPORTAL=PREFIX)
endif
# prefix is where it is now: an installation may have been moved as a whole
asked = $(shell PKG_CONFIG_PATH="$(dir $(pc)):$(PKG_CONFIG_PATH)" pkg-config \
    --define-variable=prefix=$(home) --variable=$(1) govportal)
libdir := $(call asked,libdir)
plugindir := $(call asked,plugindir)
datadir := $(call asked,datadir)
share = $(DESTDIR)$(datadir)/plugins/$(NAME)

CFLAGS ?= -g -O2
GOV_CFLAGS := -std=gnu11 -Wall -Wextra -fvisibility=hidden -fPIC \
    -I$(call asked,includedir)/govportal \
    $(shell pkg-config --cflags apr-1 apr-util-1)
GOV_LIBS := -L$(libdir) -lgovportal $(shell pkg-config --libs apr-1 apr-util-1)

sources := $(wildcard *.c)
objects := $(sources:%.c=build/%.o)
statements := $(patsubst sql/queries/%.sql,build/sql_%.h, \
    $(wildcard sql/queries/*.sql))
tests := $(patsubst %.c,build/%,$(wildcard tests/test_*.c))
parts := $(wildcard types sql xslt static)

.PHONY: all check install uninstall clean
.DELETE_ON_ERROR:
.SECONDARY: $(statements)

all: build/$(NAME).so

build/$(NAME).so: $(objects)
	$(CC) -shared $(CFLAGS) $(LDFLAGS) -Wl,--no-undefined -o $@ $^ $(GOV_LIBS)

build/%.o: %.c $(statements) $(wildcard *.h) Makefile | build
	$(CC) $(GOV_CFLAGS) -Ibuild $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

build/sql_%.h: sql/queries/%.sql | build
	awk -f $(call asked,sqlgen) $< > $@

build build/tests:
	mkdir -p $@

build/tests/%: tests/%.c $(objects) | build/tests
	$(CC) $(GOV_CFLAGS) -I. -Ibuild -I$(datadir)/build $(CPPFLAGS) $(CFLAGS) \
	    $(LDFLAGS) -o $@ $< $(objects) $(GOV_LIBS) -lcmocka \
	    -Wl,-rpath,$(libdir)

# Contracts include the core's by a relative path that is right when installed;
# build/share looks like it.
check: all $(tests)
	rm -rf build/share && mkdir -p build/share/plugins
	ln -s $(datadir)/xslt build/share/xslt
	ln -s $(CURDIR) build/share/plugins/$(NAME)
	set -e; for t in $(tests); do $$t; done
	set -e; for f in types/*.xml; do [ ! -f $$f ] || xmllint --noout --nonet \
	    --relaxng $(datadir)/xslt/contract/type.rng $$f; done
	set -e; cd build/share/plugins/$(NAME)/xslt/contract 2>/dev/null || exit 0; \
	for k in examples/*/; do k=$$(basename $$k); xmllint --noout --nonet \
	    --relaxng $(CURDIR)/build/share/plugins/$(NAME)/xslt/contract/$$k.rng \
	    examples/$$k/*.xml; done

install: all
	mkdir -p $(DESTDIR)$(plugindir) $(share)
	cp build/$(NAME).so $(DESTDIR)$(plugindir)/$(NAME).so.new
	mv -f $(DESTDIR)$(plugindir)/$(NAME).so.new $(DESTDIR)$(plugindir)/$(NAME).so
	for p in $(parts); do rm -rf $(share)/$$p && cp -R $$p $(share)/$$p || exit 1; \
	done
	chmod -R u=rwX,go=rX $(share)

uninstall:
	rm -rf $(share) $(DESTDIR)$(plugindir)/$(NAME).so

clean:
	rm -rf build
