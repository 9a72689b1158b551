using System.Globalization;
using Fuzz;
using Fuzz.Attack;

const string Usage = """
    usage: Fuzz [--target NAME,NAME|all] [--inputs N] [--seed N] [--coverage] [--time] [--keep FOLDER]
           Fuzz --replay FILE --target NAME
           Fuzz --socket FRAMES [--seed N]
           Fuzz --list
      --inputs    mutated inputs for all targets together (default: 1,000,000)
      --seed      the same seed makes the same inputs (default: 1)
      --coverage  keep the inputs that reach new code, and go on from them
      --time      also fail for an input that takes much CPU time
      --keep      add the fewest inputs that reach all that was reached to this corpus; needs --coverage
      --replay    run one input: a corpus file, or the .current file of a run that ended in the middle
      --socket    send mutated frames to a real daemon while somebody else goes on chatting
    Findings are printed, and kept below the system's temporary folder in chat-fuzz. Exit status: 0 none, 1 some, 2 wrong usage.
    """;

CoverageMap.Clear(); // instrumented code needs the place for its counts
var rest = new Queue<string>(args);
var (names, inputs, seed) = ("all", 1_000_000L, 1UL);
var (counts, time, keep, replay, frames) = (false, false, (string?)null, (string?)null, 0);
try
{
    while (rest.TryDequeue(out var option))
    {
        switch (option)
        {
            case "--target": names = rest.Dequeue(); break;
            case "--inputs": inputs = long.Parse(rest.Dequeue(), CultureInfo.InvariantCulture); break;
            case "--seed": seed = ulong.Parse(rest.Dequeue(), CultureInfo.InvariantCulture); break;
            case "--coverage": counts = true; break;
            case "--time": time = true; break;
            case "--keep": keep = Path.GetFullPath(rest.Dequeue()); break;
            case "--replay": replay = rest.Dequeue(); break;
            case "--socket": frames = int.Parse(rest.Dequeue(), CultureInfo.InvariantCulture); break;
            case "--list":
                foreach (var make in FuzzTargets.All) Console.WriteLine(make().Name);
                return 0;
            default: throw new FormatException($"unknown option {option}");
        }
    }
}
catch (Exception e) when (e is FormatException or InvalidOperationException or OverflowException)
{
    Console.Error.WriteLine($"{e.Message}\n{Usage}");
    return 2;
}
if (counts) return await Instrumentation.RunAsync(args.Where(a => a != "--coverage"));
if (frames > 0)
{
    var report = await SocketFuzz.RunAsync(frames, seed);
    Console.WriteLine(report);
    return report.Problems.Count == 0 ? 0 : 1;
}
var targets = FuzzTargets.All.Select(make => make()).Where(t => names == "all" || names.Split(',').Contains(t.Name)).ToList();
if (targets.Count == 0)
{
    Console.Error.WriteLine($"no target {names}\n{Usage}");
    return 2;
}
var settings = new FuzzSettings(inputs / targets.Count, seed) { MeasuresTime = time };
if (replay is not null)
{
    var input = replay.EndsWith(LastInput.Extension, StringComparison.Ordinal) ? LastInput.Read(replay) : File.ReadAllBytes(replay);
    var found = new Judge(targets[0], time).Try(input);
    Console.WriteLine(found is null ? "nothing wrong" : $"{found.Kind}\n{found.Story}");
    return found is null ? 0 : 1;
}
var (ran, failed) = (0L, 0);
foreach (var target in targets)
{
    var report = new FuzzRun(target, settings).Execute();
    (ran, failed) = (ran + report.Inputs, failed + report.Findings.Count);
    Console.WriteLine(report);
    foreach (var finding in report.Findings)
        Console.WriteLine($"  kept as {new Corpus(settings.Folder).Add(target, finding.Input, "finding")}");
    if (keep is not null)
        foreach (var input in CorpusCover.Of(target, report.Kept)) new Corpus(keep).Add(target, input);
    (target as IDisposable)?.Dispose();
}
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ran:N0} inputs, {failed} findings, seed {seed}"));
return failed == 0 ? 0 : 1;
