using Sluice.Emulator;
using Sluice.Emulator.Hosting;

namespace Sluice.Tests.Emulator;

/// <summary>What stays in a state folder, and what does not.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class StateFolderTests
{
    private DirectoryInfo _folder = null!;
    private StateFolder _state = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("sluice-state-");
        _state = StateFolder.Open(_folder.FullName);
    }

    [TearDown]
    public void DeleteFolder() => _folder.Delete(recursive: true);

    [Test]
    public void A_file_that_cannot_be_put_in_its_place_leaves_nothing_beside_it()
    {
        Directory.CreateDirectory(_state.KeyFile);

        Assert.That(() => OwnerOnly.Write(_state.KeyFile, "secret"), Throws.InstanceOf<Exception>());

        Assert.That(Names(), Is.EqualTo(new[] { ".gitignore" }));
    }

    [Test]
    public void What_a_killed_process_left_is_cleared_away_at_the_next_start()
    {
        WriteLeftovers();

        _state.DeleteLeftovers();

        Assert.That(Names(), Is.EquivalentTo(new[] { ".gitignore", "key.pem", "key.pem.mine" }));
    }

    [Test]
    public async Task What_a_killed_process_left_is_cleared_away_at_a_reset()
    {
        WriteLeftovers();

        await LocalAzure.ResetAsync(_folder.FullName, CancellationToken.None);

        Assert.That(Names(), Is.EquivalentTo(new[] { ".gitignore", "key.pem.mine", "lock" }));
    }

    private void WriteLeftovers()
    {
        foreach (var name in new[]
        {
            "key.pem",
            "key.pem.mine",
            "connection.json",
            $"connection.json.{Guid.NewGuid():N}",
            $"certificate.pem.{Guid.NewGuid():N}",
            $"key.pem.{Guid.NewGuid():N}",
        })
        {
            File.WriteAllText(Path.Combine(_folder.FullName, name), "secret");
        }
    }

    private IEnumerable<string> Names() => _folder.GetFiles().Select(file => file.Name);
}
