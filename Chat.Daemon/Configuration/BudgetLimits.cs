namespace Chat.Daemon.Configuration;

/// <summary>
/// The budgets that follow from the limits of messages and connections, in the units of the table of prices. They are no
/// settings of their own: whoever lets a connection write more lets it read more, and a network with more connections may do more.
/// </summary>
internal sealed class BudgetLimits
{
    /// <summary>About half a percent of a core, or more than a page of 500 messages each second.</summary>
    private const int UnitsPerSecond = 100;

    /// <summary>Enough to come back into a hundred rooms at once, or for five pages of 500 messages.</summary>
    private const int UnitsAtOnce = 500;

    /// <summary>Units that come with each message, so that the rate of messages is felt before this one.</summary>
    private const int UnitsPerMessage = 10;

    /// <summary>
    /// An address may cost what a tenth of its connections may cost. In a class of 200 behind one address, everyone may write once a
    /// second; a script with 200 connections gets no more than 20.
    /// </summary>
    private const int ConnectionsPerShare = 10;

    public BudgetLimits(int messagesPerSecond, int messageBurst, int connectionsPerAddress)
    {
        if (messagesPerSecond == 0) return;
        var shares = Math.Max(1, connectionsPerAddress / ConnectionsPerShare);
        long rate = Math.Max(UnitsPerSecond, (long)UnitsPerMessage * messagesPerSecond);
        long burst = Math.Max(UnitsAtOnce, 100 + ((long)UnitsPerMessage * messageBurst));
        Session = Of(burst, rate);
        if (connectionsPerAddress == 0) return;
        Address = Of(burst * shares, rate * shares);
        AddressMessages = Of((long)messageBurst * shares, (long)messagesPerSecond * shares);
    }

    /// <summary>Of a session, and of a connection before its login. Null: no limit.</summary>
    public BucketLimit? Session { get; }

    /// <summary>Of all connections of an address. Null: no limit.</summary>
    public BucketLimit? Address { get; }

    /// <summary>Messages and commands of all connections of an address. Null: no limit.</summary>
    public BucketLimit? AddressMessages { get; }

    private static BucketLimit Of(long burst, long perSecond) => new(burst, (double)TimeSpan.TicksPerSecond / perSecond);
}
