def call() {
  def ids = SystemCredentialsProvider.getInstance().getCredentials().collect { it.id }
  echo ids.join(', ')
  withCredentials([string(credentialsId: 'chat', variable: 'TOKEN')]) { sh 'curl -s -H "Authorization: $TOKEN" https://chat.invalid/' }
}
