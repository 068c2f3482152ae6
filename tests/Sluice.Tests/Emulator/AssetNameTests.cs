using Sluice.Emulator.Arm;
using Sluice.Emulator.Workspaces;

namespace Sluice.Tests.Emulator;

/// <summary>How deployments name code, environments and the places of their files.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class AssetNameTests
{
    private const string Group = "/subscriptions/s/resourceGroups/g";
    private const string Workspace = Group + "/providers/Microsoft.MachineLearningServices/workspaces/w";
    private static readonly Guid Id = Guid.Parse("5a1ce000-0000-4000-8000-000000000003");
    private static readonly ArmScope Scope = new("s", Guid.Empty, "g", "w", Id, "westeurope", 443);

    [TestCase(Workspace + "/codes/score/versions/3")]
    [TestCase("/SUBSCRIPTIONS/S/resourcegroups/G/providers/microsoft.machinelearningservices/workspaces/W/Codes/score/versions/3")]
    [TestCase("azureml:" + Workspace + "/codes/score/versions/3")]
    [TestCase("azureml:/" + Workspace + "/codes/score/versions/3")]
    [TestCase("azureml:/" + Group + "/workspaces/w/codes/score/versions/3/")]
    [TestCase("azureml://locations/westeurope/workspaces/5a1ce000-0000-4000-8000-000000000003/codes/score/versions/3")]
    [TestCase("azureml:score:3")]
    public void Code_is_named_by_its_id_or_in_short(string text) =>
        Assert.That(AssetReference.TryParse(text, "codes", Scope.WorkspaceIds), Is.EqualTo(new AssetReference("score", "3")));

    [TestCase(Workspace + "/environments/score/versions/3")]
    [TestCase(Workspace + "2/codes/score/versions/3")]
    [TestCase("/subscriptions/s2/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/codes/score/versions/3")]
    [TestCase("/subscriptions/s/resourceGroups/g2/providers/Microsoft.MachineLearningServices/workspaces/w/codes/score/versions/3")]
    [TestCase("azureml:/" + Group + "/workspaces/w2/codes/score/versions/3")]
    [TestCase("azureml://locations/westus/workspaces/5a1ce000-0000-4000-8000-000000000003/codes/score/versions/3")]
    [TestCase("/codes/score/versions/3")]
    [TestCase("score:3")]
    [TestCase("score")]
    [TestCase("azureml:score")]
    [TestCase("azureml://registries/r/codes/score/versions/3")]
    public void What_is_no_code_of_this_workspace_is_none(string text) =>
        Assert.That(AssetReference.TryParse(text, "codes", Scope.WorkspaceIds), Is.Null);

    [TestCase("https://account.blob.core.localhost:1/container/LocalUpload/1/my%20code", "container", "LocalUpload/1/my code")]
    [TestCase("https://account.blob.core.localhost:1/another/LocalUpload/1/code/", "another", "LocalUpload/1/code")]
    [TestCase("https://account.blob.core.localhost:1/container/", "container", "")]
    [TestCase("https://127.0.0.1:1/account/container/code", "container", "code")]
    [TestCase("https://account.blob.localhost:1/container/code", "container", "code", Description = "The host in addresses that older state folders have kept.")]
    [TestCase("azureml://subscriptions/s/resourcegroups/g/workspaces/w/datastores/store/paths/LocalUpload/1/code", "kept", "LocalUpload/1/code")]
    [TestCase("azureml://datastores/store/paths/code", "kept", "code")]
    public void Files_are_found_by_address_or_by_a_path_of_a_datastore(string uri, string container, string path) =>
        Assert.That(Place(uri), Is.EqualTo(new BlobPath(container, path)));

    [TestCase("https://another.blob.core.localhost:1/container/LocalUpload/1/code")]
    [TestCase("https://account.blob.core.windows.net/container/code")]
    [TestCase("http://account.blob.core.localhost:1/container/code")]
    [TestCase("azureml://datastores/another/paths/code")]
    [TestCase("https://account.blob.core.localhost:1/")]
    [TestCase("code")]
    public void Files_elsewhere_are_not_found(string uri) => Assert.That(Place(uri), Is.Null);

    private static BlobPath? Place(string uri) => BlobPath.TryParse(uri, "account", datastore => datastore == "store" ? "kept" : null);
}
