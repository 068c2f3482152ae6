namespace Sluice.Tests.AzureResourceManagerMachineLearning;

/// <summary>Public recordings and examples, which lie beside the repository on some machines and are not part of it.</summary>
internal static class SharedData
{
    public static string Read(string folder, string file)
    {
        var path = Repository.File($"../shared/data/{folder}/{file}");
        if (!File.Exists(path))
        {
            Assert.Ignore($"The file shared/data/{folder}/{file} beside the repository is not on this machine.");
        }

        return File.ReadAllText(path);
    }
}
