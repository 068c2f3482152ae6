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
    public void A_resource_passes_when_all_of_the_filter_holds(string filter, bool passes)
    {
        var resource = new JsonObject
        {
            ["name"] = "heart",
            ["type"] = "Microsoft.MachineLearningServices/workspaces",
            ["tags"] = new JsonObject { ["team"] = "Ada's" },
        };

        Assert.That(Filter(filter)(resource), Is.EqualTo(passes));
    }

    [TestCase("name ne 'heart'")]
    [TestCase("name eq 'heart' or name eq 'liver'")]
    [TestCase("name eq 'heart' and")]
    [TestCase("tagValue eq '1'")]
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
