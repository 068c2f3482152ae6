using Sluice.Benchmarks.Measuring;
using Sluice.Benchmarks.Table;

namespace Sluice.Benchmarks.Figures;

/// <summary>What a start costs that does nothing: the version, by the start script, against other ways to start a program.</summary>
internal sealed class StartFigures : IMeasurement
{
    private const int Rounds = 15;
    private const int SlowRounds = 5;
    private const string CakeVersion = "7.0.0";

    /// <inheritdoc/>
    public IReadOnlyList<string> Numbers { get; } = ["1", "2", "2b"];

    /// <inheritdoc/>
    public async Task<Result> MeasureAsync(Ground ground, CancellationToken cancellationToken)
    {
        var ours = new Command(Path.Combine(ground.Checkout, "build.sh"), ["--version"], ground.Checkout);
        return Result.Of(
            await RowAsync("1", "dotnet run --project build/Sluice -- --version", 0.08, SlowRounds, Run(ground)),
            await RowAsync("2", "dotnet cake on an empty script", 0.06, SlowRounds, await CakeAsync(ground, cancellationToken)),
            await RowAsync("2b", "an empty console app by dotnet app.dll", 3, Rounds, await EmptyAppAsync(ground, cancellationToken)));

        async Task<Row> RowAsync(string number, string name, double bar, int rounds, Command reference)
        {
            var figures = await Measuring.Rounds.AlternateAsync(rounds, [ours.MillisecondsAsync, reference.MillisecondsAsync], cancellationToken);
            return new(
                number,
                "no-op start: ./build.sh --version",
                Measuring.Rounds.MedianMilliseconds(figures[0]),
                $"{Measuring.Rounds.MedianMilliseconds(figures[1])}, {name}",
                Measuring.Rounds.Ratio(figures[0], figures[1]),
                Bar.AtMost(bar));
        }
    }

    private static Command Run(Ground ground) => new("dotnet", ["run", "--project", "build/Sluice", "--", "--version"], ground.Checkout);

    private static async Task<Command> CakeAsync(Ground ground, CancellationToken cancellationToken)
    {
        var folder = ground.Folder("cake");
        await File.WriteAllTextAsync(Path.Combine(folder, "build.cake"), "", cancellationToken);
        await new Command("dotnet", ["new", "tool-manifest"], folder).RunAsync(cancellationToken);
        await new Command("dotnet", ["tool", "install", "Cake.Tool", "--version", CakeVersion], folder).RunAsync(cancellationToken);
        return new("dotnet", ["cake"], folder);
    }

    private static async Task<Command> EmptyAppAsync(Ground ground, CancellationToken cancellationToken)
    {
        var folder = ground.Folder("empty");
        await File.WriteAllTextAsync(
            Path.Combine(folder, "empty.csproj"),
            $"""
             <Project Sdk="Microsoft.NET.Sdk">
               <PropertyGroup>
                 <OutputType>Exe</OutputType>
                 <TargetFramework>net{Environment.Version.Major}.{Environment.Version.Minor}</TargetFramework>
               </PropertyGroup>
             </Project>
             """,
            cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), "return;", cancellationToken);
        await new Command("dotnet", ["build", "--configuration", "Release", "--output", "out"], folder).RunAsync(cancellationToken);
        return new("dotnet", [Path.Combine(folder, "out", "empty.dll")], folder);
    }
}
