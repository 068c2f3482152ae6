using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sluice.Emulator.Arm;
using Sluice.Emulator.Workspaces;

namespace Sluice.Tests.Emulator;

[Category("Unit")]
internal sealed class ResourceFilterTests
{
    [TestCase("", true)]
    [TestCase("resourceType eq 'microsoft.machinelearningservices/workspaces'", true)]
    [TestCase("RESOURCETYPE EQ 'Microsoft.Web/sites'", false)]
    [TestCase("name eq 'Heart'", true)]
    [TestCase("name eq 'liver'", false)]
    [TestCase("tagName eq 'Team'", true)]
    [TestCase("tagName eq 'colour'", false)]
    [TestCase("tagName eq 'team' and tagValue eq 'Ada''s'", true)]
    [TestCase("tagName eq 'team' and tagValue eq 'ada''s'", false)]
    [TestCase("resourceType eq 'Microsoft.MachineLearningServices/workspaces' and name eq 'heart'", true)]
    [TestCase("resourceType eq 'Microsoft.MachineLearningServices/workspaces' and name eq 'liver'", false)]
    [TestCase("tagName eq 'team' and tagValue eq ''", false)]
    [TestCase("startswith(tagname, 'te')", true)]
    [TestCase("startswith(tagName, 'am')", false)]
    [TestCase("resourceGroup eq 'RG'", true)]
    [TestCase("resourceGroup ne 'rg'", false)]
    [TestCase("resourceGroup eq 'rg' and location eq 'West Europe'", true)]
    [TestCase("location eq 'eastus'", false)]
    [TestCase("location ne 'eastus' and resourceType ne 'Microsoft.Web/sites'", true)]
    [TestCase("name ne 'heart'", false)]
    [TestCase("name eq 'heart' or name eq 'liver'", true)]
    [TestCase("name eq 'liver' or name eq 'heart' and location eq 'eastus'", false)]
    [TestCase("name eq 'heart' or name eq 'liver' and location eq 'eastus'", true)]
    [TestCase("substringof('ear', name)", true)]
    [TestCase("substringof( 'ive' , name ) OR substringof('R', resourceGroup)", true)]
    [TestCase("substringof('ive', name)", false)]
    [TestCase("identity/principalId eq 'P'", true)]
    [TestCase("identity/principalId ne 'p'", false)]
    public void A_resource_passes_when_all_of_the_filter_holds(string filter, bool passes)
    {
        var resource = new JsonObject
        {
            ["id"] = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/heart",
            ["location"] = "westeurope",
            ["identity"] = new JsonObject { ["principalId"] = "p" },
            ["name"] = "heart",
            ["type"] = "Microsoft.MachineLearningServices/workspaces",
            ["tags"] = new JsonObject { ["team"] = "Ada's" },
        };

        Assert.That(Filter(filter)(resource), Is.EqualTo(passes));
    }

    [TestCase("name eq 'heart' and")]
    [TestCase("name eq 'heart' or")]
    [TestCase("name eq 'heart' name eq 'liver'")]
    [TestCase("tagValue eq '1'")]
    [TestCase("tagName eq 'team' or tagValue eq '1'")]
    [TestCase("tagName ne 'team'")]
    [TestCase("substringof('team', tagName)")]
    [TestCase("startswith(name, 'he')")]
    [TestCase("colour eq 'green'")]
    [TestCase("name eq heart")]
    public void Another_filter_is_refused(string filter) =>
        Assert.That(Assert.Throws<RefusedException>(() => Filter(filter))!.Code, Is.EqualTo("InvalidFilterInQueryString"));

    private static Func<JsonObject, bool> Filter(string filter)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = QueryString.Create("$filter", filter);
        return ResourceFilter.In(new ArmRequest(context));
    }
}
