using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Reading;

namespace Sluice.Tests.Spec;

/// <summary>Azure Machine Learning's own config.json beside ours.</summary>
[Category("Unit")]
internal sealed class WorkspaceFileTests
{
    private const string Subscription = "11111111-1111-1111-1111-111111111111";
    private const string Other = "22222222-2222-2222-2222-222222222222";

    private SpecFolder _folder = null!;

    [SetUp]
    public void LeaveTheWorkspaceOut()
    {
        _folder = new SpecFolder();
        _folder.Replace("local.json", "\"cloud\": \"local\",", "\"cloud\": \"AzureCloud\"");
        _folder.Replace("local.json", "\"subscriptionId\": \"00000000-0000-0000-0000-000000000000\",", "");
        _folder.Replace("local.json", "\"resourceGroup\": \"group\",", "");
        _folder.Replace("local.json", "\"name\": \"workspace\"", "");
        _folder.Replace("local.json", "\"emulator\": { \"folder\": \"state\" },", "");
        _folder.Replace("local.json", "\"requests\": \"requests.json\" },", "\"requests\": \"requests.json\" }");
        _folder.Replace("local.json", "\"load\": { \"requestsPerSecond\": 20 }", "");
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase("config.json")]
    [TestCase(".azureml/config.json")]
    [TestCase("aml_config/config.json")]
    [TestCase("project.json")]
    public void What_is_left_out_comes_from_the_file_and_a_note_says_so(string name)
    {
        _folder.Write(name, Content("theirs"));

        var reading = _folder.Read();

        Assert.That(reading.Mistakes, Is.Empty);
        Assert.That(reading.Spec!.Workspace, Is.EqualTo(new WorkspaceSpec(Cloud.AzureCloud, Subscription, "group", "theirs")));
        Assert.That(
            reading.Notes.Select(_folder.Shorten),
            Is.EqualTo(new[] { $"{name}: resource_group, subscription_id, workspace_name are taken from this file." }));
    }

    [Test]
    public void It_is_looked_for_upward()
    {
        _folder.Write("config.json", Content("theirs"));
        _folder.Write("a/b/c/nothing.txt", "");

        var reading = _folder.Read(from: _folder.File("a/b/c"));

        Assert.That(reading.Spec!.Workspace.Name, Is.EqualTo("theirs"));
    }

    [TestCase("config.json", "a/config.json", TestName = "The nearer folder wins")]
    [TestCase("a/config.json", ".azureml/config.json", TestName = "A folder .azureml further up wins over a file here")]
    [TestCase("aml_config/config.json", ".azureml/config.json", TestName = ".azureml wins over aml_config")]
    [TestCase("project.json", "config.json", TestName = "config.json wins over project.json")]
    public void Of_two_files_it_is_the_one_that_the_official_client_takes(string loser, string winner)
    {
        _folder.Write("a/nothing.txt", "");
        _folder.Write(loser, Content("loser"));
        _folder.Write(winner, Content("winner"));

        var reading = _folder.Read(from: _folder.File("a"));

        Assert.That(reading.Spec!.Workspace.Name, Is.EqualTo("winner"));
    }

    [Test]
    public void Arguments_win_over_our_file_and_our_file_over_theirs()
    {
        _folder.Write("config.json", Content("theirs"));
        _folder.Replace("local.json", "\"cloud\": \"AzureCloud\"", "\"cloud\": \"AzureCloud\", \"resourceGroup\": \"ours\"");

        var reading = _folder.Read(new SpecOverrides { Subscription = Other });

        Assert.That(reading.Spec!.Workspace, Is.EqualTo(new WorkspaceSpec(Cloud.AzureCloud, Other, "ours", "theirs")));
        Assert.That(reading.Notes.Single().Message, Is.EqualTo("workspace_name is taken from this file."));
    }

    [Test]
    public void A_placeholder_counts_as_left_out()
    {
        _folder.Write("config.json", Content("theirs"));
        _folder.Replace(
            "local.json", "\"cloud\": \"AzureCloud\"", "\"cloud\": \"AzureCloud\", \"subscriptionId\": \"<subscription>\", \"name\": \"<workspace>\"");

        var reading = _folder.Read();

        Assert.That(reading.Spec!.Workspace, Is.EqualTo(new WorkspaceSpec(Cloud.AzureCloud, Subscription, "group", "theirs")));
    }

    [Test]
    public void A_file_that_is_not_needed_is_not_read()
    {
        _folder.Write("config.json", "not JSON");

        var reading = _folder.Read(new SpecOverrides { Subscription = Other, ResourceGroup = "given", WorkspaceName = "given" });

        Assert.That(reading.Mistakes, Is.Empty);
        Assert.That(reading.Notes, Is.Empty);
    }

    [Test]
    public void The_older_form_with_a_resource_id_is_read()
    {
        _folder.Write(
            ".azureml/config.json",
            $$"""{"Id": null, "Scope": "/subscriptions/{{Subscription}}/resourceGroups/group/providers/Microsoft.MachineLearningServices/workspaces/theirs"}""");

        var reading = _folder.Read();

        Assert.That(reading.Spec!.Workspace, Is.EqualTo(new WorkspaceSpec(Cloud.AzureCloud, Subscription, "group", "theirs")));
    }

    [Test]
    public void Keys_of_other_tools_are_left_alone()
    {
        _folder.Write("config.json", Content("theirs").Replace("{", "{\"location\": \"westeurope\", ", StringComparison.Ordinal));

        Assert.That(_folder.Read().Mistakes, Is.Empty);
    }

    [TestCase("{ nonsense", "config.json(1,")]
    [TestCase("[]", "config.json(1,1): The document is a list; allowed: a map.")]
    [TestCase("{}", "config.json(1,1): subscription_id is missing; allowed: a GUID")]
    [TestCase("""{"subscription_id":"mine"}""", "config.json(1,20): subscription_id is \"mine\"; allowed: a GUID")]
    [TestCase("""{"Scope":"/subscriptions/mine"}""", "config.json(1,10): Scope is \"/subscriptions/mine\"; allowed: a workspace's resource id")]
    public void A_mistake_in_it_names_the_file_and_what_is_allowed(string content, string mistake)
    {
        _folder.Write("config.json", content);

        var mistakes = _folder.Mistakes();

        Assert.That(mistakes, Has.Some.StartsWith(mistake));
        Assert.That(mistakes, Has.None.Contains("local.json"));
    }

    [Test]
    public void Without_one_each_name_that_is_left_out_is_a_mistake_of_ours()
    {
        var mistakes = _folder.Mistakes();

        Assert.That(mistakes, Has.Length.EqualTo(3));
        Assert.That(mistakes, Has.All.StartsWith("local.json(2,").And.All.Contains("missing").And.All.Contains("config.json"));
    }

    [Test]
    public void The_local_cloud_does_not_look_for_it()
    {
        using var local = new SpecFolder();
        local.Write("config.json", Content("theirs"));
        local.Replace("local.json", "\"name\": \"workspace\"", "\"name\": \"<workspace>\"");

        Assert.That(local.Mistakes().Single(), Does.Contain("workspace.name is not filled in yet"));
    }

    private static string Content(string workspace) =>
        $$"""{"subscription_id": "{{Subscription}}", "resource_group": "group", "workspace_name": "{{workspace}}"}""";
}
