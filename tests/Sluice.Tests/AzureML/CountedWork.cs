namespace Sluice.Tests.AzureML;

/// <summary>Counts pieces of work that begin and end.</summary>
internal sealed class CountedWork
{
    /// <summary>How many have begun.</summary>
    public int Begun { get; private set; }

    /// <summary>How many of them have not ended.</summary>
    public int UnderWay { get; private set; }

    public IDisposable Begin()
    {
        Begun++;
        UnderWay++;
        return new Piece(this);
    }

    private sealed class Piece(CountedWork work) : IDisposable
    {
        public void Dispose() => work.UnderWay--;
    }
}
