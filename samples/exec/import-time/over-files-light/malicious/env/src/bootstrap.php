<?php

use Acme\Env\Run;

register_shutdown_function([Run::class, 'flush']);
