using HostileGuests;

// Plays hostile guests, and measures what they cost the daemon and how much the others notice:
// dotnet run -c Release --project tests/programs/HostileGuests -- DAEMON [--seconds N] [--pairs N] [--only NAME,…]
// DAEMON is the folder of a built chatd.dll, which runs with its default limits. An attack comes from 127.0.0.1, while bystanders from
// other addresses write and wait for their echoes. Each attack runs in pairs: once against a sink that only reads, once against the
// daemon. The attackers take processor time either way, so the difference is what the daemon lets them do to others.
return args switch
{
    ["--sink"] => await Sink.RunAsync(),
    ["--attack", var name, var tcp, var http, var seconds] => await Attacker.RunAsync(name, tcp, http, seconds),
    _ when Options.TryParse(args) is { } options => await Comparison.RunAsync(options),
    _ => Options.ShowUsage(),
};
