<?php
class Token {
    public function run($request) {
        $user = User::query()->firstWhere('token', hash('sha256', (string) $request->header('X-Token')));
        if ($user !== null) {
            Auth::setUser($user);
        }
    }
}
