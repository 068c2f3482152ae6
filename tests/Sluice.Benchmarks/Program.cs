using BenchmarkDotNet.Running;
using Sluice.Benchmarks;
using Sluice.Benchmarks.References;
using Sluice.Benchmarks.Rehearsals;

// micro --filter '*Journal*' runs BenchmarkDotNet with its own arguments; anything else measures the table.
if (args is ["micro", .. var rest])
{
    BenchmarkSwitcher.FromAssembly(typeof(Bench).Assembly).Run(rest);
    return 0;
}

// Parts of measurements that need a process of their own.
if (args is [ReferenceServer.Mode, var model, var rows, var folder])
{
    await ReferenceServer.RunAsync(model, rows, folder);
    return 0;
}

if (args is [UploadProcess.Mode, var way, var state, var content])
{
    await UploadProcess.RunAsync(way, state, content);
    return 0;
}

if (args is [CanaryProcess.Verb, var config, var place])
{
    await CanaryProcess.RunAsync(config, place, Console.Out);
    return 0;
}

using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    cancellation.Cancel();
};
return await Bench.RunAsync(args, Console.Out, Console.Error, cancellation.Token);
