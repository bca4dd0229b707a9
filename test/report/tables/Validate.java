import java.io.File;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;

/** Arguments: a schema, then documents. Prints a line for each document: `valid`, or what is wrong with it. */
final class Validate {
  public static void main(String[] arguments) throws Exception {
    var schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(new File(arguments[0]));
    for (int i = 1; i < arguments.length; i++) {
      try {
        schema.newValidator().validate(new StreamSource(new File(arguments[i])));
        System.out.println("valid");
      } catch (org.xml.sax.SAXException problem) {
        System.out.println(String.valueOf(problem.getMessage()).replace('\n', ' '));
      }
    }
  }
}
