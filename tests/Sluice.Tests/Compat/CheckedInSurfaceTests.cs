using PublicApiGenerator;

namespace Sluice.Tests.Compat;

/// <summary>
/// The surfaces of the stand-ins as checked in, so that nobody adds to them unnoticed. After a wanted change write them anew with
/// <c>UPDATE_SURFACE=1 dotnet test tests/Sluice.Tests --filter FullyQualifiedName~CheckedInSurfaceTests</c>.
/// </summary>
[Category("Unit")]
internal sealed class CheckedInSurfaceTests
{
    private const string Hint = "Run the test again with the environment variable UPDATE_SURFACE=1 and commit ";

    [TestCaseSource(typeof(StandIn), nameof(StandIn.All))]
    public void The_public_surface_of_a_stand_in_is_the_checked_in_one(string name)
    {
        var surface = StandIn.Load(name).GeneratePublicApi(new ApiGeneratorOptions
        {
            ExcludeAttributes =
            [
                // About the build, not about the surface.
                "System.Runtime.Versioning.TargetFrameworkAttribute",
                "System.Reflection.AssemblyMetadataAttribute",
                "System.Runtime.CompilerServices.InternalsVisibleToAttribute",
            ],
        });

        AssertCheckedIn($"build/compat/surface/{name}.txt", surface);
    }

    [Test]
    public void What_the_stand_in_leaves_out_of_its_types_is_written_down()
    {
        var standIn = ApiReader.Types(StandIn.Load(StandIn.MachineLearning));

        var leftOut = ApiComparison.LeftOut(standIn, OfficialListing.Of(StandIn.MachineLearning));

        AssertCheckedIn($"build/compat/surface/{StandIn.MachineLearning}.left-out.txt", string.Join('\n', leftOut));
    }

    private static void AssertCheckedIn(string path, string text)
    {
        var file = Repository.File(path);
        var wanted = text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_SURFACE") == "1")
        {
            File.WriteAllText(file, wanted);
        }

        Assert.That(File.Exists(file), $"{path} is missing. {Hint}it.");
        Assert.That(File.ReadAllText(file).ReplaceLineEndings("\n"), Is.EqualTo(wanted), $"{Hint}{path}.");
    }
}
