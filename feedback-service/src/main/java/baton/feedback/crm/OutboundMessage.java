package baton.feedback.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Salesforce's outbound message as JSON: {@code {"OrganizationId", "notifications": [{"Id", "type":
 * "Opportunity", "sObject": {…}}]}}. Reads no document type and nothing from outside.
 */
public final class OutboundMessage {
  /** What Salesforce wants to hear, or it sends the message again for a day. */
  public static final String ACK =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">\
      <soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound">\
      <Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>
      """;

  private static final String OUTBOUND = "http://soap.sforce.com/2005/09/outbound";
  private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

  /** Salesforce sends at most so many in one message. */
  private static final int MOST = 100;

  private static final int MOST_FIELDS = 1_000;
  private static final XMLInputFactory XML = secure();

  private OutboundMessage() {}

  /** None where it is no such message. */
  public static Optional<JsonNode> read(byte[] body) {
    try {
      var xml = XML.createXMLStreamReader(new ByteArrayInputStream(body));
      var message = JsonNodeFactory.instance.objectNode();
      var notifications = message.putArray("notifications");
      while (xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> {
            return Optional.empty();
          }
          case XMLStreamConstants.START_ELEMENT -> top(xml, message, notifications);
          default -> {}
        }
      }
      return message.has("OrganizationId") && notifications.size() <= MOST
          ? Optional.of(message)
          : Optional.empty();
    } catch (XMLStreamException unreadable) {
      return Optional.empty();
    }
  }

  private static void top(XMLStreamReader xml, ObjectNode message, ArrayNode notifications)
      throws XMLStreamException {
    if (!OUTBOUND.equals(xml.getNamespaceURI())) {
      return;
    }
    switch (xml.getLocalName()) {
      case "OrganizationId" -> {
        if (message.has("OrganizationId")) {
          throw new XMLStreamException("names two organizations");
        }
        message.put("OrganizationId", xml.getElementText());
      }
      case "Notification" -> notifications.add(notification(xml));
      default -> {}
    }
  }

  private static ObjectNode notification(XMLStreamReader xml) throws XMLStreamException {
    var notification = JsonNodeFactory.instance.objectNode();
    while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
      if (xml.getLocalName().equals("sObject")) {
        var type = xml.getAttributeValue(INSTANCE, "type");
        notification.put("type", type == null ? "" : type.substring(type.indexOf(':') + 1));
        notification.set("sObject", fields(xml));
      } else {
        notification.put(xml.getLocalName(), xml.getElementText());
      }
    }
    return notification;
  }

  private static ObjectNode fields(XMLStreamReader xml) throws XMLStreamException {
    var fields = JsonNodeFactory.instance.objectNode();
    while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
      if (fields.size() == MOST_FIELDS) {
        throw new XMLStreamException("too many fields");
      }
      fields.put(xml.getLocalName(), xml.getElementText());
    }
    return fields;
  }

  private static XMLInputFactory secure() {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setXMLResolver(
        (_, _, _, _) -> {
          throw new XMLStreamException("nothing is read from outside");
        });
    return factory;
  }
}
