using Sluice.Emulator.Workspaces;

namespace Sluice.Tests.Emulator;

[Category("Unit")]
internal sealed class NameRulesTests
{
    [TestCase("abc")]
    [TestCase("A-1")]
    [TestCase("abcdefghijklmnopqrstuvwxyz-12345")]
    public void A_good_endpoint_name_passes(string name) => Assert.DoesNotThrow(() => NameRules.CheckEndpoint(name));

    [TestCase("ab")]
    [TestCase("1abc")]
    [TestCase("-abc")]
    [TestCase("abc-")]
    [TestCase("ab_c")]
    [TestCase("abc\n")]
    [TestCase("äbc")]
    [TestCase("abcdefghijklmnopqrstuvwxyz-123456")]
    public void A_bad_endpoint_name_is_refused(string name) =>
        Assert.That(Assert.Throws<RefusedException>(() => NameRules.CheckEndpoint(name))!.Status, Is.EqualTo(400));

    [TestCase("1")]
    [TestCase("2024-01-01.rc_1")]
    public void A_good_version_passes(string version) => Assert.DoesNotThrow(() => NameRules.CheckVersion(version));

    [TestCase("")]
    [TestCase(".1")]
    [TestCase("1/2")]
    public void A_bad_version_is_refused(string version) => Assert.Throws<RefusedException>(() => NameRules.CheckVersion(version));

    [TestCase("azureml://subscriptions/s/resourcegroups/g/workspaces/w/datastores/workspaceblobstore/paths/LocalUpload/x/model")]
    [TestCase("azureml://datastores/workspaceblobstore/paths/LocalUpload/x/model/")]
    public void A_datastore_path_is_long_or_short(string uri) =>
        Assert.That(DatastorePath.TryParse(uri), Is.EqualTo(new DatastorePath("workspaceblobstore", "LocalUpload/x/model")));
}
