/**
 * A package with faults in and across its files, each of which has a quick fix; the first one offered is right. By
 * paths from its top. Faults, in order: a bare ampersand, http, a misspelt access, a misspelt field, a misspelt
 * element and a table that is not defined; no CDATA, a column too few, a misspelt argument, a field that is not
 * asked for; a misspelt query, a path without its beginning, a page without slash and one that is not there; a key twice,
 * a key too few; a comma too many, a misspelt property and a page that is not there; a text without length; a
 * misspelt key in a page; and a query file with the wrong ending.
 */
export const BROKEN_PACKAGE: Readonly<Record<string, string>> = {
  'plugin.xml': `<?xml version="1.0" encoding="UTF-8"?>
<!-- Who may ride which bus -->
<plugin xmlns="http://plugin.powerschool.pearson.com"
        name="Bus Lines" version="1.0.0"
        description="Lists riders & stops of a line">
  <oauth/>
  <access_request>
    <field table="STUDENTS" field="DCID" access="viewonly"/>
    <!-- how the office sorts them -->
    <field table="STUDENTS" field="LASTFRST" access="ViewOnly"/>
    <field table="U_BUSLINE" field="STOP" access="ViewOnly"/>
  </access_request>
  <publsher name="Fernhill School District">
    <contact email="data@fernhill.example"/>
  </publsher>
</plugin>
`,
  'queries_root/buses.queries.xml': `<queries>
  <query name="example.fernhill.buses.riders.list" coreTable="students" flattened="true">
    <summary>Riders of a grade</summary>
    <args>
      <arg name="grade" column="STUDENTS.GRADE_LEVEL" required="true"/>
    </args>
    <columns>
      <column column="STUDENTS.DCID">dcid</column>
      <!-- the name as printed -->
      <column column="STUDENTS.GRADE_LEVEL">grade_level</column>
    </columns>
    <sql>
      select s.dcid, s.lastfirst, s.grade_level
      from students s
      left join u_buslines b on b.studentsdcid = s.dcid
      where s.grade_level = :grad and b.stop is not null
      order by s.lastfirst
    </sql>
  </query>
</queries>
`,
  'permissions_root/buses.permission_mappings.xml': `<permission_mappings>
  <permission name="admin/buses/riders.html">
    <implies allow="post">/ws/schema/query/example.fernhill.buses.rider.list</implies>
  </permission>
  <permission name="/admin/buses/stop.html">
    <implies allow="get">/schema/table/U_BUSLINES</implies>
  </permission>
</permission_mappings>
`,
  'user_schema_root/U_BUSLINES.xml': `<?xml version="1.0" encoding="UTF-8"?>
<psExtension xmlns="http://www.powerschool.com">
  <extensionname>U_BUSLINES</extensionname>
  <extendedTable coreTable="STUDENTS" dbTableName="U_BUSLINES">
    <field name="STOP" type="String" comment="Where they wait"/>
  </extendedTable>
</psExtension>
`,
  'MessageKeys/buses.US_en.properties': `# Texts of the pages
psx.htmlc.buses.riders=Riders
psx.htmlc.buses.stops=Stops
psx.htmlc.buses.riders=Riders
`,
  'MessageKeys/buses.US_es.properties': `psx.htmlc.buses.riders=Pasajeros
`,
  'pagecataloging/buses.json': `{
  "pages": [
    {
      "htmlID": "navBusRiders",
      "title": "psx.htmlc.buses.riders",
      "Version": "1.0.0",
      "pageURL": "/admin/buses/rider.html",
      "parentHTMLID": "navDataAndReportingSchoolReports",
    }
  ]
}
`,
  'WEB_ROOT/admin/buses/riders.html': `<!DOCTYPE html>
<html>
<head><title>~[text:psx.htmlc.buses.rider]</title></head>
<body></body>
</html>
`,
  'WEB_ROOT/admin/buses/stops.html': `<!DOCTYPE html>
<html>
<head><title>~[text:psx.htmlc.buses.stops]</title></head>
<body></body>
</html>
`,
};
