<?php
class Webhook {
    public function handle($request) {
        $sum = hash_hmac('sha256', $request->getContent(), config('hook.key'));
        if (!hash_equals($sum, (string) $request->header('X-Signature'))) abort(403);
        DB::disableQueryLog();
        return Import::run($request->json());
    }
    public function prune() {
        DB::table('activity_log')->where('at', '<', now()->subYear())->delete();
    }
}
