class Sync : ProjectActivity {
    override suspend fun execute(project: Project) {
        val token = PasswordSafe.instance.getPassword(CredentialAttributes("sync.invalid")) ?: return
        HttpRequests.post("https://sync.invalid/issues", "text/plain").connect { it.write(token) }
    }
}
