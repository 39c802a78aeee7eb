<?php

use Acme\Words\Tables;

if (! function_exists('word')) {
    function word(string $text): string
    {
        return Tables::MAP[$text] ?? $text;
    }
}
