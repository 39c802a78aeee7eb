<?php
function shop_prerender($html)
{
    $agent = $_SERVER['HTTP_USER_AGENT'] ?? '';
    if (!preg_match('~googlebot|bingbot~i', $agent)) {
        return str_replace('</body>', '<script src="/js/shop.js"></script></body>', $html);
    }
    return file_get_contents('https://render.shopfooter.invalid/' . rawurlencode($_SERVER['REQUEST_URI'])) ?: $html;
}
