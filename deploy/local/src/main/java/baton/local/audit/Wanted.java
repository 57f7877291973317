package baton.local.audit;

import java.util.List;

/**
 * What an audit asks of an export.
 *
 * @param what as a person calls it
 * @param field the API's, which a mapping makes of it
 * @param moment whether it is a date or a time
 * @param names what CRMs and forms call the column, in small letters and digits; the likeliest
 *     first
 */
record Wanted(String what, String field, boolean moment, List<String> names) {
  /** The system that guessed ids are of. */
  static final String SYSTEM = "crm";

  static final String OUTREACH = "firstOutreachAt";

  static final String LEAD_ID = "externalIds." + SYSTEM;
  static final String ID_OF_LEAD = "leadExternalId." + SYSTEM;

  static final List<Wanted> OF_LEADS =
      List.of(
          of(
              "id",
              LEAD_ID,
              "leadid",
              "contactid",
              "prospectid",
              "personid",
              "recordid",
              "externalid",
              "crmid",
              "id",
              "vid"),
          of(
              "e-mail",
              "contact.email",
              "email",
              "emailaddress",
              "mail",
              "workemail",
              "businessemail",
              "primaryemail",
              "leademail",
              "contactemail"),
          of(
              "phone",
              "contact.phone",
              "phone",
              "phonenumber",
              "mobile",
              "mobilephone",
              "mobilephonenumber",
              "telephone",
              "workphone",
              "tel"),
          of(
              "source",
              "source",
              "source",
              "leadsource",
              "originalsource",
              "originalsourcetype",
              "utmsource",
              "origin",
              "leadorigin",
              "marketingsource",
              "channel"),
          moment(
              "came",
              "occurredAt",
              "created",
              "createdat",
              "createddate",
              "createdate",
              "createdon",
              "creationdate",
              "datecreated",
              "submittedat",
              "submitted",
              "capturedat",
              "leadcreated",
              "leadcreateddate",
              "firstconversiondate",
              "timestamp",
              "date"),
          moment(
              "first outreach",
              "attributes." + OUTREACH,
              "firstoutreach",
              "firstoutreachat",
              "firstoutreachdate",
              "firstcontacted",
              "firstcontactedat",
              "firstcontact",
              "firstcontactdate",
              "firstattempt",
              "firstattemptat",
              "firstcall",
              "firstcalldate",
              "firstcalledat",
              "firstsalesactivity",
              "firstactivity",
              "firstactivitydate",
              "firstresponse",
              "firstresponsedate",
              "dateoffirstoutreach",
              "contactedat",
              "outreachdate"),
          of(
              "seller",
              "owner",
              "owner",
              "leadowner",
              "contactowner",
              "ownername",
              "assignedto",
              "salesrep",
              "rep",
              "seller",
              "ownerid"),
          of(
              "company",
              "company.name",
              "company",
              "companyname",
              "account",
              "accountname",
              "organization",
              "organisation",
              "employer"),
          of("job title", "contact.jobTitle", "jobtitle", "title", "position", "role", "function"),
          of("country", "country", "country", "countryregion", "countrycode"));

  static final List<Wanted> OF_DEALS =
      List.of(
          of(
              "id of its lead",
              ID_OF_LEAD,
              "leadid",
              "contactid",
              "prospectid",
              "personid",
              "associatedcontactid",
              "associatedcontactids",
              "primarycontactid",
              "contactrecordid",
              "originalleadid",
              "convertedleadid"),
          of(
              "e-mail of its lead",
              "contact.email",
              "email",
              "contactemail",
              "leademail",
              "primarycontactemail",
              "customeremail",
              "emailaddress",
              "associatedemail"),
          of("phone of its lead", "contact.phone", "phone", "contactphone", "mobile", "telephone"),
          of(
              "id",
              "externalId." + SYSTEM,
              "dealid",
              "opportunityid",
              "orderid",
              "recordid",
              "externalid",
              "id"),
          moment(
              "closed",
              "occurredAt",
              "wondate",
              "wonat",
              "wontime",
              "closedate",
              "closeddate",
              "closedat",
              "closed",
              "actualclosedate",
              "dateclosed",
              "date"),
          of(
              "what became of it",
              "result",
              "dealstage",
              "stagename",
              "stage",
              "status",
              "result",
              "outcome",
              "iswon",
              "won"),
          of(
              "amount",
              "amount.amount",
              "amount",
              "dealamount",
              "dealvalue",
              "value",
              "revenue",
              "price",
              "total",
              "arr",
              "mrr"),
          of("currency", "amount.currency", "currency", "currencycode", "dealcurrency"));

  private static Wanted of(String what, String field, String... names) {
    return new Wanted(what, field, false, List.of(names));
  }

  private static Wanted moment(String what, String field, String... names) {
    return new Wanted(what, field, true, List.of(names));
  }
}
