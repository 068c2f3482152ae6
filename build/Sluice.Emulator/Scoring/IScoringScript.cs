using Sluice.Emulator.Scoring.Mlflow;

namespace Sluice.Emulator.Scoring;

/// <summary>What a container runs for each request. Called on several threads at once.</summary>
internal interface IScoringScript : IDisposable
{
    /// <summary>Scores.</summary>
    /// <param name="json">The request's body.</param>
    /// <param name="inputData">Where in it the value of <c>input_data</c> stands.</param>
    /// <param name="parameters">Where in it the value of <c>params</c> stands; null when it is absent.</param>
    /// <param name="answer">Takes the answer's JSON.</param>
    /// <exception cref="ScoringException">The request cannot be scored. Any other exception counts as a failure too.</exception>
    void Run(ReadOnlyMemory<byte> json, Cell inputData, Cell? parameters, PooledBuffer answer);
}
