using Sluice.Rollouts.Diagnosis;

namespace Sluice.Tests.Diagnosis;

[Category("Unit")]
internal sealed class PermissionTests
{
    private const string Write = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/write";

    [TestCase(Write, "*", ExpectedResult = true)]
    [TestCase(Write, "Microsoft.MachineLearningServices/workspaces/*/write", ExpectedResult = true)]
    [TestCase(Write, "microsoft.machinelearningservices/WORKSPACES/onlineendpoints/WRITE", ExpectedResult = true, Description = "Operations ignore case.")]
    [TestCase(Write, "Microsoft.MachineLearningServices/*", ExpectedResult = true)]
    [TestCase(Write, "*/write", ExpectedResult = true)]
    [TestCase(Write, "*/read", ExpectedResult = false)]
    [TestCase(Write, "Microsoft.MachineLearningServices/workspaces/onlineEndpoints", ExpectedResult = false, Description = "A beginning is no match.")]
    [TestCase(Write, "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/write", ExpectedResult = false)]
    [TestCase(Write, "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/writ?", ExpectedResult = false, Description = "Only the star is a wildcard.")]
    [TestCase(Write, "", ExpectedResult = false)]
    public bool A_star_stands_for_any_characters(string operation, string pattern) => Of(Entry([pattern])).Allow(operation);

    [Test]
    public void Who_has_no_role_has_no_right()
    {
        var none = Of();

        Assert.That((none.Allow(Write), none.AllowData(Write)), Is.EqualTo((false, false)));
    }

    [Test]
    public void What_a_role_leaves_out_is_left_out_of_that_role_only()
    {
        var contributor = Entry(["*"], ["*/write"]);

        Assert.That(Of(contributor).Allow(Write), Is.False);
        Assert.That(Of(contributor, Entry([Write])).Allow(Write), Is.True, "Another role gives it.");
        Assert.That(Of(Entry([Write]), contributor).Allow(Write), Is.True, "In whatever order.");
    }

    [Test]
    public void Rights_on_a_resource_and_on_what_is_in_it_are_two_things()
    {
        const string Blob = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write";
        var owner = Of(Entry(["*"]));
        var blobs = Of(new PermissionEntry([], [], ["Microsoft.Storage/*/blobs/*"], ["*/delete"]));

        Assert.That((owner.Allow(Blob), owner.AllowData(Blob)), Is.EqualTo((true, false)));
        Assert.That((blobs.Allow(Blob), blobs.AllowData(Blob)), Is.EqualTo((false, true)));
        Assert.That(blobs.AllowData("Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete"), Is.False);
    }

    private static Permissions Of(params PermissionEntry[] entries) => new([.. entries]);

    private static PermissionEntry Entry(string[] actions, params string[] notActions) => new([.. actions], [.. notActions], [], []);
}
