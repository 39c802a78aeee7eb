<?php
// Привет мир
function f($x) {
  return eval('return ' . intval($x) . ';');
}
$title = 'Привет';
$title = 'Привет';
$title = 'Привет';
$title = 'Привет';
$title = 'Привет';
$title = 'Привет';
$title = 'Привет';
$title = 'Привет';
$title = 'Привет';
$title = 'Привет';
$title = 'Привет';
$title = 'Привет';
$title = 'Привет';
$title = 'Привет';
$title = 'Привет';
$title = 'Привет';
$title = 'Привет';
$title = 'Привет';
$title = 'Привет';
$title = 'Привет';
