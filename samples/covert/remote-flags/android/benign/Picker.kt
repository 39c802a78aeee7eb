package a
object Picker {
    fun pick(c: Context) = c.contentResolver.query(ContactsContract.Contacts.CONTENT_URI, null, null, null, null)
    fun flags() = JSONObject(URL("https://conf.example.invalid/c").readText()).optBoolean("newPicker")
}
