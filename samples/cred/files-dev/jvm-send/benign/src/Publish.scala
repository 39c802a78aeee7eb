import sbt._
import java.net.URL
object Publish extends AutoPlugin {
  val credentialsFile = Path.userHome / ".ivy2/.credentials"
  override def globalSettings = Seq(credentials += Credentials(credentialsFile))
  def notes(text: String) = { val c = new URL(sys.env("NOTES_URL")).openConnection(); c.setDoOutput(true); c.getOutputStream.write(text.getBytes) }
}
