//! What compilers write for older engines.

use super::tell;

/// Whether a script reads as something, beside the calls as they stand there.
#[track_caller]
fn assert_told(code: &str, wanted: &str) {
    let told = tell(code);
    assert!(told.contains(wanted), "{code}: {told}");
}

#[test]
fn what_looks_like_a_helper_is_called_all_the_same() {
    for (code, call) in [
        ("__read(c);", "__read(c)"),
        ("__values(run(c));", "(let {held 5} run(c)) __values({held 5})"),
        (
            "run(c, void 0, void 0, function () { return g(this, function (s) { return [2]; }); });",
            "run(c, (void 0), (void 0), (fn",
        ),
        (
            "run(this, function (s) { switch (s.label) { case 0: return [4, 1]; } });",
            "run(this, (fn (s) {(let {awaited}",
        ),
        ("for (var a = __values(b), s; !(s = run(c)).done; run(d)) { }", "run(d)"),
        ("for (var a = __values(b), s; !(s = run(c)).done; run(d)) { }", "(! (set s run(c)).done)"),
    ] {
        assert_told(code, call);
    }
}

#[test]
fn states_are_put_in_order() {
    // TypeScript, SWC.
    let listed = "h(this, void 0, void 0, function () { var x; return g(this, function (s) { switch (s.label) {
        case 0: if (!c) return [3, 2]; return [4, f(1)];
        case 1: x = s.sent(); s.label = 2;
        case 2: return [2, x]; } }); });";
    let inner = "(fn (s) {(let {awaited} nil) (set s (|| s (dict ...s _ \"sent\" (=> () {awaited})))) \
                 (if c {(set {awaited} (await f(1))) (set x s.sent()) (set s.label 2)} _) (return x)})()";
    assert_told(listed, inner);
    // Babel.
    let set = "r(m(function q() { var x; return w(function (s) { while (1) switch (s.p = s.n) {
        case 0: s.n = 1; return f(1);
        case 1: x = s.v; if (x) { s.n = 2; break; } throw 1;
        case 2: return s.a(2, x); } }, q); }))();";
    let inner = "(fn (s) {(let {awaited} nil) (set s (|| s (dict ...s _))) (set s.n 1) (set s.v (set s.sent (await f(1)))) \
                 (set x s.v) (if (! x) {(throw 1)} _) (return x)})()";
    assert_told(set, inner);
    // One state, which has no `switch`.
    let one = "(fn (s) {(let {awaited} nil) (set s (|| s (dict ...s _ \"sent\" (=> () {awaited})))) (return f())})()";
    assert_told("g(this, function (s) { return [2, f()]; });", one);
}

#[test]
fn jumps_back_and_out_of_loops_leave_the_rest_standing() {
    let code = "g(this, function (s) { switch (s.label) {
        case 0: for (;;) { if (a) break; if (b) return [2, 1]; } i = 0; s.label = 1;
        case 1: if (!(i < n)) return [3, 3]; return [4, f(i)];
        case 2: i = 1; return [3, 1];
        case 3: try { k(); } catch (e) { return [3, 4]; } return [2, 2];
        case 4: return [2, 3]; } });";
    let told = tell(code);
    for part in [
        "(if a break _)",
        "(if b (return 1) _)",
        "(if (< i n) {(set {awaited} (await f(i))) (set i 1)} _)",
        "(try {k()} {(let e {caught})} _)",
        "(if (opaque) (return 2) _) (return 3)",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
}

#[test]
fn a_switch_of_anybody_is_left_alone() {
    for code in [
        "g(function (s) { switch (s.kind) { case 0: return f(); } });",
        "g(function (s) { switch (s.type) { case 'a': s.next = 1; return f(); } });",
        "on('data', function (s) { switch (s.type) { case 0: s.type = 1; break; case 1: return s.a(2, f(s.data)); } });",
        "on('data', function (s) { switch (s.n) { case 0: s.ok = 1; return f(s.data); } });",
        "on('data', function (s) { switch (s.label) { case 0: return f(s.data); } });",
        "g(this, function (s) { return f(); });",
        "g(function (s, t) { switch (s.label) { case 0: return [4, f()]; } });",
    ] {
        let told = tell(code);
        assert!(!told.contains("{awaited}") && !told.contains("(seq"), "{told}");
    }
}

#[test]
fn helpers_are_what_they_stand_for() {
    for (code, told) in [
        ("x = \"a\".concat(b, \"c\").concat(d);", "(set x (text \"a\" b \"c\" d))"),
        ("x = a.concat(b);", "(set x a.concat(b))"),
        ("var a = __read(b, 2);", "(let a (seq __read(b, 2) b))"),
        ("x = tslib_1.__assign({}, a, { b: 1 });", "(dict ...{held 8} _ ...a _ ...{held 11} _)"),
        (
            "x = __spreadArray([a], __read(b), false);",
            "__spreadArray({held 9}, {held 12}, false) (list ...{held 9} ...{held 12})",
        ),
        ("x = (0, h.default)(a);", "(set x (seq 0 h.default)(a))"),
        (
            "x = _interopRequireDefault(require('os'));",
            "(let {held 5} require(\"os\")) _interopRequireDefault({held 5}) {held 5})",
        ),
        ("x = _extends(A, B);", "(set x _extends(A, B))"),
        (
            "for (var a = __values(b), c = a.next(); !c.done; c = a.next()) { f(c.value); }",
            "(for {item} {steps}(b) {(! c.done) (set c (dict \"value\" {item})) {f(c.value)}})",
        ),
        (
            "for (var a = b[Symbol.iterator](), c; !(d = (c = a.next()).done); d = true) { f(c.value); }",
            "(for {item} {steps}(b) {(! (set d (set c a.next()).done)) (set c (dict \"value\" {item})) {f(c.value)}}) (set d true)}",
        ),
        (
            "var i = _createForOfIteratorHelper(b), s; try { for (i.s(); !(s = i.n()).done;) { f(s.value); } } finally { i.f(); }",
            "(for {item} {steps}(b) {(! (set s i.n()).done) (set s (dict \"value\" {item})) {f(s.value)}})",
        ),
        (
            "try { f(); } catch (e) { x = e; } finally { if (x) throw x.error; }",
            "(try {f()} {(let e {caught}) (set x e)} _)",
        ),
    ] {
        assert_told(code, told);
    }
}
