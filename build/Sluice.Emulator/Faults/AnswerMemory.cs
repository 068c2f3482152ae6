namespace Sluice.Emulator.Faults;

/// <summary>What each address was answered last, and what it was answered before that changed. The addresses are bounded.</summary>
internal sealed class AnswerMemory
{
    private const int Addresses = 1000;
    private readonly Lock _remembering = new();
    private readonly Dictionary<string, (KeptAnswer Latest, KeptAnswer? Earlier)> _answers = [];

    /// <summary>Remembers an answer, and gives the one from before the last change; null when none is known.</summary>
    public KeptAnswer? Remember(string address, KeptAnswer answer)
    {
        lock (_remembering)
        {
            if (!_answers.TryGetValue(address, out var known))
            {
                if (_answers.Count < Addresses)
                {
                    _answers.Add(address, (answer, null));
                }

                return null;
            }

            if (!known.Latest.Says(answer))
            {
                known = (answer, known.Latest);
                _answers[address] = known;
            }

            return known.Earlier;
        }
    }
}
