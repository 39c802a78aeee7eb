<?php
// Compiles a template to a temporary file and includes it.
function render(string $template, array $values): string {
    $file = tempnam(sys_get_temp_dir(), 'tpl');
    file_put_contents($file, compile($template));
    ob_start();
    extract($values);
    include $file;
    return ob_get_clean();
}
