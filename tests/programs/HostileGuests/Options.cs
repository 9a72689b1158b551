using System.Globalization;

namespace HostileGuests;

/// <param name="Daemon">The folder of chatd.dll.</param>
/// <param name="Seconds">Length of each half of a pair.</param>
/// <param name="Pairs">How often each attack is run against the sink and against the daemon.</param>
internal sealed record Options(string Daemon, int Seconds, int Pairs, IReadOnlyList<Attack> Attacks)
{
    /// <summary>Null if the arguments are wrong.</summary>
    public static Options? TryParse(string[] args)
    {
        if (args.Length % 2 == 0 || !File.Exists(Path.Combine(args[0], "chatd.dll"))) return null;
        var options = new Options(args[0], Seconds: 10, Pairs: 2, AttackTable.All);
        for (var i = 1; i < args.Length; i += 2)
        {
            var isNumber = int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var number) && number is > 0 and < 100_000;
            switch (args[i])
            {
                case "--seconds" when isNumber: options = options with { Seconds = number }; break;
                case "--pairs" when isNumber: options = options with { Pairs = number }; break;
                case "--only" when Named(args[i + 1]) is { } attacks: options = options with { Attacks = attacks }; break;
                default: return null;
            }
        }
        return options;
    }

    public static int ShowUsage()
    {
        Console.Error.WriteLine("usage: HostileGuests DAEMON [--seconds N] [--pairs N] [--only NAME,…]");
        Console.Error.WriteLine("DAEMON is a folder with chatd.dll. Attacks:");
        foreach (var attack in AttackTable.All) Console.Error.WriteLine($"  {attack.Name,-18} {attack.Connections,4} × {attack.What}");
        return 2;
    }

    private static List<Attack>? Named(string names)
    {
        var wanted = names.Split(',');
        return wanted.All(name => AttackTable.Find(name) is not null) ? [.. wanted.Select(name => AttackTable.Find(name)!)] : null;
    }
}
