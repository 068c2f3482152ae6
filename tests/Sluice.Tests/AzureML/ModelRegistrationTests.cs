using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Sluice.Rollouts;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;
using Sluice.Tests.AzureResourceManagerMachineLearning;

namespace Sluice.Tests.AzureML;

[Category("Unit")]
internal sealed class ModelRegistrationTests
{
    private const string AccountKey = "c2VjcmV0LWFjY291bnQta2V5";

    private TestWorkspace _test = null!;
    private ModelFolder _folder = null!;
    private string _above = null!;
    private string _digest = null!;
    private string _blobs = null!;

    [SetUp]
    public void MakeFolder()
    {
        _test = new TestWorkspace();
        _above = Directory.CreateTempSubdirectory("sluice-").FullName;
        var path = Path.Combine(_above, "heart-v2");
        Directory.CreateDirectory(Path.Combine(path, "data"));
        File.WriteAllText(Path.Combine(path, "MLmodel"), "flavors: {}");
        File.WriteAllText(Path.Combine(path, "conda.yaml"), "name: x");
        File.WriteAllText(Path.Combine(path, "data", "Model.onnx"), new string('x', 3000));
        _digest = HashAsTheOfficialClient(path);
        _folder = new ModelFolder(path, _digest, 3, 3018, []);
        _blobs = $"/azureml-blobstore-1/LocalUpload/{_digest}/heart-v2";
        _test.Service
            .On("GET", "/datastores/workspaceblobstore", 200, Datastore)
            .On("POST", "/datastores/workspaceblobstore/listSecrets", 200, $$"""{"secretsType":"AccountKey","key":"{{AccountKey}}"}""")
            .On("GET", "/models/heart", 404, Arm.Error("NotFound", "no"))
            .On("GET", "/versions/1", 404, Arm.Error("NotFound", "no"))
            .On("PUT", "/versions/1", 201, Version("1"))
            .On("GET", "/azureml-blobstore-1", 200, "<EnumerationResults><Blobs/></EnumerationResults>")
            .On("HEAD", "/MLmodel", _ => BlobAnswer(404, ("x-ms-error-code", "BlobNotFound")));
        foreach (var file in (string[])["/MLmodel", "/conda.yaml", "/data/Model.onnx"])
        {
            _test.Service.On("PUT", file, request => BlobAnswer(IsMetadata(request) ? 200 : 201));
        }
    }

    [TearDown]
    public void RemoveFolder()
    {
        _test.Dispose();
        Directory.Delete(_above, recursive: true);
    }

    [Test]
    public async Task The_first_version_is_uploaded_to_the_path_of_its_hash_and_marked_as_complete()
    {
        var version = await RegisterAsync();

        var blobs = _test.Service.Requests.Where(
            request => request.Uri.Host == "acct.blob.core.windows.net" && request.Method == "PUT").ToList();
        var uploads = blobs.Where(request => !IsMetadata(request)).ToList();
        Assert.That(version, Is.EqualTo(Made("1")));
        Assert.That(uploads.Select(request => request.Path), Is.EquivalentTo(new[]
        {
            _blobs + "/MLmodel", _blobs + "/conda.yaml", _blobs + "/data/Model.onnx",
        }));
        Assert.That(uploads.Select(request => request.Headers["If-None-Match"]), Is.All.EqualTo("*"));
        Assert.That(uploads.Select(request => request.Headers["x-ms-blob-type"]), Is.All.EqualTo("BlockBlob"));
        var mark = blobs[^1];
        Assert.That(mark.Uri.PathAndQuery, Is.EqualTo(_blobs + "/MLmodel?comp=metadata"));
        Assert.That(mark.Headers["x-ms-meta-upload_status"], Is.EqualTo("completed"));
        Assert.That((mark.Headers["x-ms-meta-name"], mark.Headers["x-ms-meta-version"]), Is.EqualTo(("heart", "1")));
    }

    [Test]
    public async Task The_version_names_the_upload_as_the_official_client_does()
    {
        await RegisterAsync();

        var properties = _test.Service.Writes[^1].Json["properties"]!;
        Assert.That((string)properties["modelType"]!, Is.EqualTo("mlflow_model"));
        Assert.That((string)properties["modelUri"]!, Is.EqualTo(
            "azureml://subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/rg/workspaces/ws/datastores/workspaceblobstore"
            + $"/paths/LocalUpload/{_digest}/heart-v2"));
        Assert.That((string)properties["tags"]!["sluice-digest"]!, Is.EqualTo(_digest));
    }

    [Test]
    public async Task What_is_uploaded_already_is_not_uploaded_again()
    {
        _test.Service.On("HEAD", "/MLmodel", _ => BlobAnswer(200, ("x-ms-meta-upload_status", "completed")));

        await RegisterAsync();

        Assert.That(_test.Service.Writes.Select(write => write.Uri.Host).Distinct(), Is.EqualTo(new[] { "management.azure.com" }));
        Assert.That(_test.Progress.Reports.Where(report => report.Bytes == 3018), Is.Not.Empty);
    }

    [Test]
    public async Task An_upload_that_broke_off_is_completed()
    {
        _test.Service
            .On("HEAD", "/MLmodel", _ => BlobAnswer(200))
            .On("PUT", "/conda.yaml", _ => BlobAnswer(409, ("x-ms-error-code", "BlobAlreadyExists")))
            .On("HEAD", "/conda.yaml", _ => WithLength(BlobAnswer(200), 7));

        var version = await RegisterAsync();

        Assert.That(version.Version, Is.EqualTo("1"));
        Assert.That(_test.Progress.Reports.Max(report => report.Bytes), Is.EqualTo(3018));
    }

    [Test]
    public async Task Another_content_in_the_place_of_a_file_is_an_error()
    {
        _test.Service
            .On("PUT", "/conda.yaml", _ => BlobAnswer(409, ("x-ms-error-code", "BlobAlreadyExists")))
            .On("HEAD", "/conda.yaml", _ => WithLength(BlobAnswer(200), 99));

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(RegisterAsync);

        Assert.That(failure!.Code, Is.EqualTo("BlobDiffers"));
        Assert.That(failure.Message, Does.Contain("conda.yaml").And.Contain("99 bytes"));
        Assert.That(_test.Service.Writes.Where(write => write.Path.Contains("/versions/", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task The_next_version_is_the_one_that_the_service_proposes()
    {
        _test.Service
            .On("GET", "/models/heart", 200, Container("7"))
            .On("GET", "/versions/7", 404)
            .On("PUT", "/versions/7", 201, Version("7"));

        var version = await RegisterAsync();

        Assert.That(version.Version, Is.EqualTo("7"));
    }

    [Test]
    public async Task A_version_that_another_one_took_is_left_alone_and_the_next_is_made()
    {
        _test.Service
            .On("GET", "/models/heart", _ => ScriptedService.Answer(200, Container("7")), _ => ScriptedService.Answer(200, Container("8")))
            .On("GET", "/versions/7", 200, Version("7"))
            .On("GET", "/versions/8", 404)
            .On("PUT", "/versions/8", 201, Version("8"));

        var version = await RegisterAsync();

        Assert.That(version.Version, Is.EqualTo("8"));
        Assert.That(_test.Service.Writes.Where(write => write.Path.EndsWith("/versions/7", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task A_version_that_another_one_took_at_the_last_moment_is_left_alone_too()
    {
        _test.Service
            .On("GET", "/models/heart", 200, Container("7"))
            .On("GET", "/versions/7", 404)
            .On("PUT", "/versions/7", 400, Arm.Error("UserError", "Asset paths cannot be updated."))
            .On("GET", "/versions/8", 404)
            .On("PUT", "/versions/8", 201, Version("8"));

        var version = await RegisterAsync();

        Assert.That(version.Version, Is.EqualTo("8"));
    }

    [Test]
    public async Task A_version_whose_answer_was_lost_is_recognised_and_not_made_twice()
    {
        _test.Service
            .On("GET", "/versions/1", _ => ScriptedService.Answer(404), _ => ScriptedService.Answer(200, Version("1", _digest)))
            .On("PUT", "/versions/1", _ => throw new HttpRequestException("The connection was reset."));

        var version = await RegisterAsync();

        Assert.That(version, Is.EqualTo(Made("1")));
        Assert.That(_test.Service.Writes.Where(write => write.Path.Contains("/versions/", StringComparison.Ordinal))
            .Select(write => write.Path).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_version_is_made_only_if_it_may_be_written_once_all_is_uploaded()
    {
        _test.Workspace.GuardWrites(_ => _test.Service.Writes.Any() ? throw new LockLostException("the journal") : Task.FromResult(WriteLeave.Free));

        await Assert.ThrowsAsync<LockLostException>(RegisterAsync);

        Assert.That(_test.Service.Writes.Select(write => write.Uri.Host).Distinct(), Is.EqualTo(new[] { "acct.blob.core.windows.net" }));
    }

    [Test]
    public async Task A_throttled_version_is_not_tried_again_when_nothing_may_be_written_by_then()
    {
        _test.Service.On(
            "PUT", "/versions/1", _ => ScriptedService.Answer(429, Arm.Error("TooManyRequests", "later")), _ => ScriptedService.Answer(201, Version("1")));
        var tries = 0;
        _test.Workspace.GuardWrites(_ => ++tries == 1 ? Task.FromResult(WriteLeave.Free) : throw new LockLostException("the journal"));

        await Assert.ThrowsAsync<LockLostException>(RegisterAsync);

        // The client's own tries of a throttled request belong to one write.
        Assert.That(_test.Service.Writes.Where(write => write.Path.EndsWith("/versions/1", StringComparison.Ordinal)), Is.Not.Empty);
        Assert.That(tries, Is.EqualTo(2));
    }

    [Test]
    public async Task A_version_whose_answer_was_lost_to_another_one_is_left_alone()
    {
        _test.Service
            .On("GET", "/models/heart", _ => ScriptedService.Answer(404), _ => ScriptedService.Answer(200, Container("2")))
            .On("GET", "/versions/1", _ => ScriptedService.Answer(404), _ => ScriptedService.Answer(200, Version("1")))
            .On("PUT", "/versions/1", _ => throw new HttpRequestException("The connection was reset."))
            .On("GET", "/versions/2", 404)
            .On("PUT", "/versions/2", 201, Version("2"));

        var version = await RegisterAsync();

        Assert.That(version.Version, Is.EqualTo("2"));
    }

    [Test]
    public async Task A_version_that_another_one_made_of_the_same_folder_is_taken_as_it_is()
    {
        _test.Service
            .On("GET", "/models/heart", 200, Container("7"))
            .On("GET", "/versions/7", 200, Version("7", _digest));

        var version = await RegisterAsync();

        Assert.That(version, Is.EqualTo(Made("7")));
        Assert.That(_test.Service.Writes.Where(write => write.Path.Contains("/versions/", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task A_folder_that_changed_since_it_was_read_is_not_uploaded()
    {
        await File.AppendAllTextAsync(Path.Combine(_folder.Path, "MLmodel"), " ");

        var failure = await Assert.ThrowsAsync<RolloutException>(RegisterAsync);

        Assert.That(failure!.Message, Does.Contain(_folder.Path).And.Contain("was changed"));
        Assert.That(_test.Service.Writes, Is.Empty);
    }

    [Test]
    public async Task Where_the_usual_datastore_is_gone_the_default_one_serves()
    {
        _test.Service
            .On("GET", "/datastores/workspaceblobstore", 404, Arm.Error("NotFound", "no"))
            .On(
                "GET",
                "/workspaces/ws/datastores",
                200,
                Arm.List(Datastore.Replace("workspaceblobstore", "mine", StringComparison.Ordinal)))
            .On("POST", "/datastores/mine/listSecrets", 200, """{"secretsType":"Sas","sasToken":"?sv=1&sig=secret"}""");

        await RegisterAsync();

        Assert.That(
            _test.Service.Requests.Single(request => request.Path.EndsWith("/ws/datastores", StringComparison.Ordinal)).Uri.Query,
            Does.Contain("isDefault=true"));
        Assert.That(
            _test.Service.Writes.First(write => write.Uri.Host.StartsWith("acct", StringComparison.Ordinal)).Uri.Query,
            Does.Contain("sig=secret"));
        Assert.That(_test.Mask.Hidden, Has.Some.EqualTo("sv=1&sig=secret"));
        Assert.That((string)_test.Service.Writes[^1].Json["properties"]!["modelUri"]!, Does.Contain("/datastores/mine/"));
    }

    [Test]
    public async Task A_datastore_without_credentials_is_reached_as_the_caller()
    {
        _test.Service.On(
            "GET", "/datastores/workspaceblobstore", 200, Datastore.Replace("\"AccountKey\"", "\"None\"", StringComparison.Ordinal));

        await RegisterAsync();

        var upload = _test.Service.Writes.First(write => write.Uri.Host.StartsWith("acct", StringComparison.Ordinal));
        Assert.That(upload.Headers["Authorization"], Is.EqualTo("Bearer " + FakeCredential.Token));
        Assert.That(_test.Service.Requests.Where(request => request.Path.EndsWith("/listSecrets", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Where_the_secret_may_not_be_read_the_caller_s_own_credential_serves()
    {
        _test.Service.On("POST", "/listSecrets", 403, Arm.Error("AuthorizationFailed", "no right"));

        var version = await RegisterAsync();

        var upload = _test.Service.Writes.First(write => write.Uri.Host.StartsWith("acct", StringComparison.Ordinal));
        Assert.That(version.Version, Is.EqualTo("1"));
        Assert.That(upload.Headers["Authorization"], Is.EqualTo("Bearer " + FakeCredential.Token));
    }

    [Test]
    public async Task Where_the_caller_has_no_right_on_the_storage_either_the_missing_rights_are_named()
    {
        _test.Service
            .On("POST", "/listSecrets", 403, Arm.Error("AuthorizationFailed", "no right"))
            .On("HEAD", "/MLmodel", _ => BlobAnswer(403, ("x-ms-error-code", "AuthorizationPermissionMismatch")));

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(RegisterAsync);

        Assert.That(failure!.Code, Is.EqualTo("AuthorizationPermissionMismatch"));
        Assert.That(failure.Message, Does.Contain("Storage Blob Data Contributor on the storage account 'acct'")
            .And.Contain("datastores/listSecrets/action"));
    }

    [Test]
    public async Task An_account_that_takes_no_keys_is_reached_as_the_caller()
    {
        _test.Service.On(
            "HEAD",
            "/MLmodel",
            request => request.Headers["Authorization"].StartsWith("SharedKey", StringComparison.Ordinal)
                ? BlobAnswer(403, ("x-ms-error-code", "KeyBasedAuthenticationNotPermitted"))
                : BlobAnswer(404, ("x-ms-error-code", "BlobNotFound")));

        await RegisterAsync();

        Assert.That(
            _test.Service.Writes.Where(write => write.Uri.Host.StartsWith("acct", StringComparison.Ordinal))
                .Select(write => write.Headers["Authorization"]),
            Is.All.EqualTo("Bearer " + FakeCredential.Token));
    }

    [TestCase("LocalUpload/{0}/heart-v2", true)]
    [TestCase("az-ml-artifacts/{0}/heart-v2", true)]
    [TestCase("LocalUpload/{0}/heart-v2", false)]
    public async Task A_version_that_the_official_client_has_made_of_the_folder_is_known_by_its_path(string path, bool isPresentHash)
    {
        var contents = Sluice.Rollouts.Assets.AssetContents.Read(_folder.Path);
        var uri = path.Replace("{0}", isPresentHash ? contents.Digest : contents.OlderDigest, StringComparison.Ordinal);
        var made = Version("2", "").Replace("\"tags\"", $"\"modelUri\":\"azureml://x/paths/{uri}\",\"tags\"", StringComparison.Ordinal);
        _test.Service
            .On("GET", "/onlineEndpoints/heart", 404)
            .On("GET", "/onlineEndpoints/heart/deployments", 404)
            .On("GET", "/models/heart/versions", 200, Arm.List(
                Version("3", "of-another"), made));

        var state = await _test.Workspace.ObserveAsync(new ModelSpec("heart", _folder, null), "heart", CancellationToken.None);

        Assert.That(state.VersionOf(_folder with { OlderDigest = contents.OlderDigest })?.Version, Is.EqualTo("2"));
    }

    [Test]
    public async Task A_custom_model_of_one_file_is_registered_as_such()
    {
        var file = Path.Combine(_folder.Path, "conda.yaml");
        var contents = Sluice.Rollouts.Assets.AssetContents.Read(file);
        _test.Service.On("HEAD", "/conda.yaml", _ => BlobAnswer(404, ("x-ms-error-code", "BlobNotFound")));
        _folder = _folder with { Path = file, Digest = contents.Digest, Type = ModelType.Custom };

        var version = await RegisterAsync();

        var properties = _test.Service.Writes[^1].Json["properties"]!;
        Assert.That(version.Type, Is.EqualTo(ModelType.Custom));
        Assert.That((string)properties["modelType"]!, Is.EqualTo("custom_model"));
        Assert.That((string)properties["modelUri"]!, Does.EndWith($"/paths/LocalUpload/{contents.Digest}/conda.yaml"));
    }

    [Test]
    public async Task The_same_content_as_another_type_is_another_version()
    {
        _test.Service.On("GET", "/versions/1", 200, Version("1", _digest).Replace(
            "\"tags\"", "\"modelType\":\"custom_model\",\"tags\"", StringComparison.Ordinal))
            .On("GET", "/models/heart", 200, Container("1"))
            .On("GET", "/versions/2", 404)
            .On("PUT", "/versions/2", 201, Version("2"));

        var version = await RegisterAsync();

        Assert.That(version.Version, Is.EqualTo("2"));
    }

    [Test]
    public async Task No_failure_of_an_upload_shows_the_key()
    {
        _test.Service.On("PUT", "/conda.yaml", _ => BlobAnswer(403, ("x-ms-error-code", "AuthenticationFailed")));

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(RegisterAsync);

        Assert.That(failure!.Code, Is.EqualTo("AuthenticationFailed"));
        Assert.That(failure.ToString(), Does.Not.Contain(AccountKey).And.Not.Contain(FakeCredential.Token));
    }

    [TestCase("core.chinacloudapi.cn")]
    [TestCase("core.usgovcloudapi.net")]
    public async Task In_another_cloud_the_datastore_says_where_its_storage_is(string endpoint)
    {
        _test.Service.On(
            "GET", "/datastores/workspaceblobstore", 200, Datastore.Replace("core.windows.net", endpoint, StringComparison.Ordinal));

        await RegisterAsync();

        var hosts = _test.Service.Requests.Select(request => request.Uri.Host).Where(host => host.Contains(".blob.", StringComparison.Ordinal));
        Assert.That(hosts.Distinct(), Is.EqualTo(new[] { $"acct.blob.{endpoint}" }));
    }

    private ModelVersion Made(string version) => new("heart", version, _digest) { Type = ModelType.Mlflow };

    private static string Datastore => $$"""
        {"id":"{{Arm.Base}}/datastores/workspaceblobstore","name":"workspaceblobstore",
         "type":"Microsoft.MachineLearningServices/workspaces/datastores",
         "properties":{"tags":null,"isDefault":true,"credentials":{"credentialsType":"AccountKey"},"datastoreType":"AzureBlob",
         "accountName":"acct","containerName":"azureml-blobstore-1","endpoint":"core.windows.net","protocol":"https"} }
        """;

    private static string Container(string next) => $$"""
        {"id":"{{Arm.Base}}/models/heart","name":"heart","type":"Microsoft.MachineLearningServices/workspaces/models",
         "properties":{"nextVersion":"{{next}}"} }
        """;

    private static string Version(string version, string digest = "of-another") => $$"""
        {"id":"{{Arm.Base}}/models/heart/versions/{{version}}","name":"{{version}}",
         "type":"Microsoft.MachineLearningServices/workspaces/models/versions",
         "properties":{"tags":{"sluice-digest":"{{digest}}"},"provisioningState":"Succeeded"} }
        """;

    private static HttpResponseMessage BlobAnswer(int status, params (string Name, string Value)[] headers)
    {
        var answer = ScriptedService.Answer(status, "", [("ETag", "\"0x1\""), ("x-ms-request-id", "1"), .. headers]);
        answer.Content.Headers.ContentType = null;
        answer.Content.Headers.LastModified = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        return answer;
    }

    private static bool IsMetadata(SentRequest request) => request.Uri.Query.Contains("comp=metadata", StringComparison.Ordinal);

    private static HttpResponseMessage WithLength(HttpResponseMessage answer, long length)
    {
        answer.Content.Headers.ContentLength = length;
        return answer;
    }

    /// <summary>The hash as the documentation of the official client describes it, by other means than the program's.</summary>
    private static string HashAsTheOfficialClient(string folder)
    {
        var bytes = new List<byte>(Encoding.UTF8.GetBytes("Initialize for october 2021 AML CLI version"));
        Add(folder);
        return Convert.ToHexStringLower(SHA256.HashData([.. bytes]));

        void Add(string directory)
        {
            foreach (var entry in Directory.GetFileSystemEntries(directory).OrderBy(
                entry => entry.ToLowerInvariant(), StringComparer.Ordinal))
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(Path.GetFileName(entry)));
                if (Directory.Exists(entry))
                {
                    Add(entry);
                }
                else
                {
                    bytes.AddRange(File.ReadAllBytes(entry));
                }
            }
        }
    }

    private Task<ModelVersion> RegisterAsync() => _test.Workspace.RegisterModelAsync(
        new ModelRegistration("heart", _folder, ImmutableSortedDictionary<string, string>.Empty.Add("sluice-digest", _digest)),
        _test.Progress,
        CancellationToken.None);
}
