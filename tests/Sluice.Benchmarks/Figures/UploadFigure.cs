using Sluice.Benchmarks.Measuring;
using Sluice.Benchmarks.References;
using Sluice.Benchmarks.Table;

namespace Sluice.Benchmarks.Figures;

/// <summary>Uploads to the local Azure ML's blobs, against the storage SDK with its default options; and how they grow with the files.</summary>
internal sealed class UploadFigure : IMeasurement
{
    private const int Counted = 3;
    private const int Files = 200;
    private const int FileBytes = (int)(2L * 1024 * 1024 * 1024 / Files);
    private const int SmallFileBytes = 1024;

    /// <summary>The folder itself, one copy of it, and what is put together of blocks.</summary>
    private const long DiskBytes = 8L * 1024 * 1024 * 1024;

    /// <inheritdoc/>
    public IReadOnlyList<string> Numbers { get; } = ["12", "files"];

    /// <inheritdoc/>
    public async Task<Result> MeasureAsync(Ground ground, CancellationToken cancellationToken) =>
        new(await LargeAsync(ground, cancellationToken), [await GrowthAsync(ground, cancellationToken)]);

    private static async Task<IReadOnlyList<Row>> LargeAsync(Ground ground, CancellationToken cancellationToken)
    {
        if (new DriveInfo(ground.Scratch).AvailableFreeSpace is var free && free < DiskBytes)
        {
            throw new MissingToolException($"{DiskBytes >> 30} GiB of disk are needed below {ground.Scratch}, {free >> 30} are free.");
        }

        var folder = ground.Folder("model");
        var (ours, reference) = (new List<Upload>(), new List<Upload>());
        try
        {
            Fill(folder, Files, FileBytes);
            await Rounds.AlternateAsync(
                Counted,
                [token => OnceAsync(UploadProcess.Ours, ours, token), token => OnceAsync(UploadProcess.Sdk, reference, token)],
                cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        (ours, reference) = (ours[^Counted..], reference[^Counted..]);
        var reading = Rounds.Median(ours.Select(upload => upload.Reading));
        var memory = Rounds.Median(ours.Select(upload => upload.MoreMemory));
        return
        [
            new Row(
                "12",
                "upload of 2 GiB in 200 files",
                FormattableString.Invariant($"{Rounds.Median(ours.Select(upload => upload.Sending)):0.0} s"),
                FormattableString.Invariant($"Azure.Storage.Blobs, default options: {Rounds.Median(reference.Select(upload => upload.Sending)):0.0} s"),
                Rounds.Ratio([.. ours.Select(upload => upload.Sending)], [.. reference.Select(upload => upload.Sending)]),
                Bar.AtMost(1.1))
            {
                Details = [FormattableString.Invariant($"before it, reading and hashing the folder: {reading:0.0} s; it names the version")],
            },
            new Row(
                "12",
                "upload of 2 GiB: memory above idle",
                FormattableString.Invariant($"{memory:0} MB"),
                FormattableString.Invariant($"Azure.Storage.Blobs: {Rounds.Median(reference.Select(upload => upload.MoreMemory)):0} MB"),
                memory,
                Bar.AtMost(120, "MB")),
        ];

        // A local Azure ML of its own each time: the same folder is not uploaded twice to one, and its disk is freed.
        async Task<double> OnceAsync(string way, List<Upload> runs, CancellationToken token)
        {
            await using var emulator = await EmulatorProcess.StartAsync(ground, token);
            runs.Add(await Upload.RunAsync(ground, emulator, way, folder, token));
            Directory.Delete(Path.Combine(emulator.StateFolder, "blobs"), recursive: true);
            return runs[^1].Sending;
        }
    }

    private static async Task<Growth> GrowthAsync(Ground ground, CancellationToken cancellationToken)
    {
        var costs = new List<(double, double)>();
        await using var emulator = await EmulatorProcess.StartAsync(ground, cancellationToken);
        foreach (var files in (int[])[10, 100, 1_000, 10_000])
        {
            var folder = ground.Folder("small");
            Fill(folder, files, SmallFileBytes);
            var upload = await Upload.RunAsync(ground, emulator, UploadProcess.Ours, folder, cancellationToken);
            costs.Add((files, upload.Reading + upload.Sending));
        }

        return new Growth("registration of a model folder: hash and upload", "files of 1 KiB", "s", costs);
    }

    private static void Fill(string folder, int files, int bytes)
    {
        var random = new Random(files);
        var content = new byte[bytes];
        for (var file = 0; file < files; file++)
        {
            random.NextBytes(content);
            File.WriteAllBytes(Path.Combine(folder, $"part-{file:00000}.bin"), content);
        }
    }
}
