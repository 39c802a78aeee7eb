package a;
public final class Client {
    private final HttpClient web = HttpClient.newHttpClient();
    public CompletableFuture<String> get(String user, String password, String path) {
        String basic = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
        HttpRequest r = HttpRequest.newBuilder(base.resolve(path)).header("Authorization", "Basic " + basic).build();
        return web.sendAsync(r, BodyHandlers.ofString()).thenApply(HttpResponse::body);
    }
}
