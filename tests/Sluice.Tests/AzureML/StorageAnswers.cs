using System.Text;
using Sluice.Tests.AzureResourceManagerMachineLearning;

namespace Sluice.Tests.AzureML;

/// <summary>The answers of a workspace's datastore and of an empty blob container to uploads.</summary>
internal static class StorageAnswers
{
    /// <summary>Scripts the answers for files whose paths end so.</summary>
    public static void Script(ScriptedService service, params ReadOnlySpan<string> pathEnds)
    {
        service
            .On("GET", "/datastores/workspaceblobstore", 200, $$"""
                {"id":"{{Arm.Base}}/datastores/workspaceblobstore","name":"workspaceblobstore",
                 "type":"Microsoft.MachineLearningServices/workspaces/datastores",
                 "properties":{"isDefault":true,"credentials":{"credentialsType":"AccountKey"},"datastoreType":"AzureBlob",
                 "accountName":"acct","containerName":"azureml-blobstore-1","endpoint":"core.windows.net","protocol":"https"} }
                """)
            .On("GET", "/azureml-blobstore-1", _ => NoBlobs())
            .On("POST", "/datastores/workspaceblobstore/listSecrets", 200, """{"secretsType":"AccountKey","key":"a2V5"}""");
        foreach (var end in pathEnds)
        {
            service
                .On("HEAD", end, _ => Blob(404, ("x-ms-error-code", "BlobNotFound")))
                .On("PUT", end, request => Blob(request.Uri.Query.Contains("comp=metadata", StringComparison.Ordinal) ? 200 : 201));
        }
    }

    private static HttpResponseMessage NoBlobs()
    {
        var answer = Blob(200);
        answer.Content = new StringContent(
            "<?xml version=\"1.0\"?><EnumerationResults><Blobs /><NextMarker /></EnumerationResults>", Encoding.UTF8, "application/xml");
        return answer;
    }

    private static HttpResponseMessage Blob(int status, params (string Name, string Value)[] headers)
    {
        var answer = ScriptedService.Answer(status, "", [("ETag", "\"0x1\""), ("x-ms-request-id", "1"), .. headers]);
        answer.Content.Headers.ContentType = null;
        answer.Content.Headers.LastModified = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        return answer;
    }
}
