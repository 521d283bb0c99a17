public import ArgumentParser
public import Indicators
public import Trainings

// Words of the domain that may stand on the command line as they are.
extension IndicatorLevel: ExpressibleByArgument {}
extension Language: ExpressibleByArgument {}
extension SheetKind: ExpressibleByArgument {}
