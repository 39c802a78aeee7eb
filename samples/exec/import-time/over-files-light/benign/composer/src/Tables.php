<?php

namespace Acme\Words;

final class Tables
{
    public const MAP = ['a' => 'b'];
}
