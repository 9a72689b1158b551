using System.Globalization;

namespace HostileGuests;

/// <summary>All guests of an attack, in a process of their own: so the bystanders do not wait for a thread.</summary>
internal static class Attacker
{
    public static async Task<int> RunAsync(string name, string tcp, string http, string seconds)
    {
        var attack = AttackTable.Find(name)!;
        var port = int.Parse(attack.IsHttp ? http : tcp, CultureInfo.InvariantCulture);
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)));
        List<HostileGuest> guests = [.. Enumerable.Range(1, attack.Connections).Select(i => new HostileGuest(port, attack, i))];
        await Task.WhenAll(guests.Select(guest => Task.Run(() => guest.RunAsync(over.Token))));
        Console.WriteLine($"{guests.Sum(g => g.Connections)} {guests.Sum(g => g.Answers)}");
        return 0;
    }
}
