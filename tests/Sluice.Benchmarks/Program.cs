using BenchmarkDotNet.Running;

// Chosen by BenchmarkDotNet's own arguments: --filter '*Journal*' --job short, for example.
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
