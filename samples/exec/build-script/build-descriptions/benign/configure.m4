AC_CONFIG_COMMANDS([po], [sed -e s/a/b/ < in | tr a-z A-Z > out])
AM_EXTRA="xz -dc archive.tar.xz | tar xf -"
